import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeYaml } from '@ml-platform/rayjob';
import writeFileAtomic from 'write-file-atomic';

/** A context of a kubeconfig: one cluster with one user. */
export interface KubeconfigContext {
  /** Name of the context, of its cluster and of its user, for example `workload`. */
  readonly name: string;
  /** For example `https://127.0.0.1:7011`. */
  readonly server: string;
  /** PEM of the authority that signed the server's certificate. */
  readonly ca: string;
  readonly token: string;
  /** Default namespace of the context. */
  readonly namespace?: string;
}

/** A kubeconfig as an object; kubectl and client libraries read it so. */
export function kubeconfigOf(
  contexts: readonly KubeconfigContext[],
  currentContext: string,
): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: contexts.map(({ name, server, ca }) => ({
      name,
      cluster: {
        server,
        'certificate-authority-data': Buffer.from(ca).toString('base64'),
      },
    })),
    users: contexts.map(({ name, token }) => ({ name, user: { token } })),
    contexts: contexts.map(({ name, namespace }) => ({
      name,
      context: {
        cluster: name,
        user: name,
        ...(namespace ? { namespace } : {}),
      },
    })),
    'current-context': currentContext,
  };
}

/** Writes a kubeconfig that its owner alone can read. */
export async function writeKubeconfig(options: {
  readonly path: string;
  readonly contexts: readonly KubeconfigContext[];
  readonly currentContext: string;
}): Promise<void> {
  const { path, contexts, currentContext } = options;
  await mkdir(dirname(path), { recursive: true });
  await writeFileAtomic(
    path,
    writeYaml(kubeconfigOf(contexts, currentContext)),
    { mode: 0o600 },
  );
}
