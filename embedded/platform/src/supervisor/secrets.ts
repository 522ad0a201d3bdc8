import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';

const NAMES = [
  'backend',
  'builder',
  'git',
  // Tells this checkout's objects from those of others on a shared cluster.
  'installation',
  'kubelet',
  'management',
  // Signs the Git host's webhooks.
  'webhook',
  'workload',
] as const;

/** Tokens by which the parts of the embedded platform know each other. */
export type Secrets = Readonly<Record<(typeof NAMES)[number], string>>;

/** Reads the tokens of this checkout, making those that are missing; the file is the user's alone. */
export async function loadSecrets(localDir: string): Promise<Secrets> {
  const file = join(localDir, 'secrets.json');
  const kept: Partial<Record<string, string>> = JSON.parse(
    await readFile(file, 'utf8').catch(() => '{}'),
  );
  const entries = NAMES.map(name => [
    name,
    kept[name] ?? randomBytes(24).toString('base64url'),
  ]);
  const secrets = Object.fromEntries(entries) as Secrets;
  await writeFileAtomic(file, JSON.stringify(secrets, null, 2), {
    mode: 0o600,
  });
  return secrets;
}
