import { InputError } from '@backstage/errors';
import type { ClusterAuth } from './ClusterConfig';

/** Auth provider of clusters whose credentials are a context of a kubeconfig file. */
export const KUBECONFIG_PROVIDER = 'kubeconfig';
/** Key of `authMetadata`: absolute path of the file. */
export const KUBECONFIG_FILE = 'ml-platform.dev/kubeconfig';
/** Key of `authMetadata`: name of the context; the file's current one where absent. */
export const KUBECONFIG_CONTEXT = 'ml-platform.dev/context';

/**
 * Which context of which file a cluster's `authMetadata` names.
 * @throws {InputError} when it names no file
 */
export function kubeconfigAuth(
  metadata: Readonly<Record<string, unknown>>,
): Extract<ClusterAuth, { type: 'kubeconfig' }> {
  const file = metadata[KUBECONFIG_FILE];
  const context = metadata[KUBECONFIG_CONTEXT];
  if (typeof file !== 'string' || file === '') {
    throw new InputError(
      `The auth provider ${KUBECONFIG_PROVIDER} needs the path of a file; set authMetadata['${KUBECONFIG_FILE}']`,
    );
  }
  return {
    type: 'kubeconfig',
    file,
    context: typeof context === 'string' ? context : undefined,
  };
}
