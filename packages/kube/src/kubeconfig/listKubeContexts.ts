import { kubeconfigFiles, type KubeconfigSource } from './kubeconfigSource';

/** A context that there is to choose. */
export interface ListedContext {
  readonly name: string;
  /** Name of its cluster. */
  readonly cluster: string;
  readonly namespace?: string;
  /** Name of its user. */
  readonly user?: string;
  /** Path of the file that has it. */
  readonly source: string;
  /** True for the one that is used where none is named. */
  readonly current: boolean;
}

/**
 * The contexts of the files that kubectl would read, by name; none where there is
 * no file.
 *
 * @throws {AuthenticationError} when a file can't be read or is no kubeconfig
 */
export async function listKubeContexts(
  options: KubeconfigSource = {},
): Promise<readonly ListedContext[]> {
  const { kubeconfig, env = process.env } = options;
  const config = await kubeconfigFiles(kubeconfig, env).read();
  return [...config.contexts]
    .map(([name, { cluster, namespace, user, file }]) => ({
      name,
      cluster,
      namespace,
      user,
      source: file,
      current: name === config.currentContext,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
