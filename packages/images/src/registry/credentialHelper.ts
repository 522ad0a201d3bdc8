import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { InputError, isError, NotAllowedError } from '@backstage/errors';
import { z } from 'zod';
import type { RegistryCredential } from './findCredential';

const run = promisify(execFile);

/** Milliseconds; a helper may renew a token over the network. */
const PATIENCE = 30_000;
/** User name that says that the secret is a token to get others with. */
const IDENTITY = '<token>';

const answerSchema = z.object({ Username: z.string(), Secret: z.string() });

const outputOf = (error: unknown, stream: 'stdout' | 'stderr'): string =>
  isError(error) ? String(error[stream] ?? '').trim() : '';

/**
 * Asks a program that keeps credentials, for example `docker-credential-gcloud`.
 * Answers `undefined` where it has none.
 *
 * Source: docker-credential-helpers, "Development".
 *
 * @throws {InputError} when there is no such program
 * @throws {NotAllowedError} when it fails
 */
export async function askCredentialHelper(options: {
  /** Last part of the program's name, for example `gcloud`. */
  readonly helper: string;
  /** What the credentials are for, as the helper knows it. */
  readonly server: string;
  readonly env: NodeJS.ProcessEnv;
}): Promise<RegistryCredential | undefined> {
  const { helper, server, env } = options;
  const program = `docker-credential-${helper}`;
  if (!/^[\w.-]+$/.test(helper)) {
    throw new InputError(
      `'${helper}' can't be the name of a credential helper`,
    );
  }
  try {
    const asking = run(program, ['get'], { env, timeout: PATIENCE });
    // A helper that doesn't read its input is nothing to fail for.
    asking.child.stdin?.on('error', () => undefined);
    asking.child.stdin?.end(`${server}\n`);
    const { Username, Secret } = answerSchema.parse(
      JSON.parse((await asking).stdout),
    );
    return Username === IDENTITY
      ? { identityToken: Secret }
      : { username: Username, password: Secret };
  } catch (error) {
    if (isError(error) && error.code === 'ENOENT') {
      throw new InputError(
        `The credentials of ${server} are with ${program}, which isn't on your PATH; install it`,
      );
    }
    const said = outputOf(error, 'stdout') || outputOf(error, 'stderr');
    if (/credentials not found/i.test(said)) {
      return undefined;
    }
    throw new NotAllowedError(
      `${program} has no credentials of ${server}: ${said.split('\n').at(-1) || error}`,
    );
  }
}
