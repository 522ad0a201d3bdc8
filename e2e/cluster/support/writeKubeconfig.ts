import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../support/runPlatform';

export interface Context {
  readonly name: string;
  /** Address and certificate authority, as a kubeconfig has them. */
  readonly cluster: object;
  /** Credentials, as a kubeconfig has them. */
  readonly user: object;
}

/** Where a kubeconfig of that name is written. */
export const kubeconfigFile = (name: string) =>
  join(ROOT, 'e2e/.results', name);

/**
 * Writes a kubeconfig below `e2e/.results`, whose current context is the first.
 * @returns its path
 */
export async function writeKubeconfig(
  name: string,
  contexts: readonly Context[],
): Promise<string> {
  const file = kubeconfigFile(name);
  await mkdir(join(file, '..'), { recursive: true });
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: contexts.map(({ name: context, cluster }) => ({
      name: context,
      cluster,
    })),
    users: contexts.map(({ name: context, user }) => ({
      name: context,
      user,
    })),
    contexts: contexts.map(({ name: context }) => ({
      name: context,
      context: { cluster: context, user: context },
    })),
    'current-context': contexts[0].name,
  };
  await writeFile(file, JSON.stringify(kubeconfig), { mode: 0o600 });
  return file;
}
