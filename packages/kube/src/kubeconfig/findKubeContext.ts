import { readFile, stat } from 'node:fs/promises';
import { isatty } from 'node:tty';
import { NotFoundError } from '@backstage/errors';
import type { ClusterAccess } from '../credentials/ClusterAccess';
import {
  inClusterAccess,
  runsInCluster,
  SERVICE_ACCOUNT,
} from '../credentials/inCluster';
import type { Environment } from '../Environment';
import { chooseContext } from './chooseContext';
import { KubeconfigAccess } from './KubeconfigAccess';
import { kubeconfigFiles, type KubeconfigSource } from './kubeconfigSource';

export interface FindKubeContextOptions extends KubeconfigSource {
  /** Name of the context; the current one where absent. */
  readonly context?: string;
  /** Folder of the pod's service account; default: where the kubelet puts it. */
  readonly serviceAccount?: string;
}

/** A cluster, who asks it, and where that was found. */
export interface KubeContext {
  readonly name: string;
  /** Name of the cluster. */
  readonly cluster: string;
  /** Namespace where none is named. */
  readonly namespace?: string;
  /** Name of the user. */
  readonly user?: string;
  /** Path of the file that has the context, or of the service account's folder. */
  readonly source: string;
  readonly access: ClusterAccess;
}

/**
 * Finds a cluster as kubectl does: in the file that is named, else in those of
 * `KUBECONFIG`, else in `~/.kube/config`, else by the service account of the pod.
 *
 * @throws {NotFoundError} when there is no kubeconfig and this is no pod
 * @throws {InputError} when there is no such context, or none is current
 * @throws {AuthenticationError} when a file can't be read or is no kubeconfig
 */
export async function findKubeContext(
  options: FindKubeContextOptions = {},
): Promise<KubeContext> {
  const { kubeconfig, context: wanted, env = process.env } = options;
  const files = kubeconfigFiles(kubeconfig, env);
  const config = await files.read();
  const empty = config.contexts.size === 0 && config.clusters.size === 0;
  if (empty && !kubeconfig && !wanted) {
    const pod = await podContext(env, options.serviceAccount);
    if (pod) {
      return pod;
    }
    throw new NotFoundError(
      `There is no kubeconfig at ${files.names}; name one with --kubeconfig or KUBECONFIG, or get one for your cluster, for example with 'gcloud container clusters get-credentials'`,
    );
  }
  const { name, context } = chooseContext(config, files.names, wanted);
  return {
    name,
    cluster: context.cluster,
    namespace: context.namespace,
    user: context.user,
    source: context.file,
    access: new KubeconfigAccess({
      files,
      context: name,
      env,
      terminal: isatty(0),
      proxies: env,
    }),
  };
}

async function podContext(
  env: Environment,
  folder = SERVICE_ACCOUNT,
): Promise<KubeContext | undefined> {
  const token = await stat(`${folder}/token`).catch(() => undefined);
  if (!runsInCluster(env) || !token) {
    return undefined;
  }
  const namespace = await readFile(`${folder}/namespace`, 'utf8').catch(
    () => '',
  );
  return {
    name: 'in-cluster',
    cluster: 'in-cluster',
    namespace: namespace.trim() || undefined,
    source: folder,
    access: inClusterAccess({ env, folder }),
  };
}
