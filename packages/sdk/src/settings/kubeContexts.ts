import { findKubeContext, type KubeContext } from '@ml-platform/kube';
import { chooseProject } from './chooseProject';
import type { PlatformSettings } from './PlatformSettings';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The kubecontext of the cluster that jobs run on.
 * @throws {InputError} when there is no such context, or none is current
 * @throws {NotFoundError} when there is no kubeconfig
 */
export async function workloadContext(
  { kubeconfig, contexts, projectId }: PlatformSettings,
  env: Environment,
): Promise<KubeContext> {
  const source = { kubeconfig, env };
  const context =
    contexts?.workload ??
    (projectId ? await chooseProject(projectId, source) : undefined);
  return findKubeContext({ ...source, context });
}

/**
 * Finds the kubecontext of the cluster of Argo CD and the portal; `undefined`
 * where the settings name none.
 */
export function managementContext(
  { kubeconfig, contexts }: PlatformSettings,
  env: Environment,
): (() => Promise<KubeContext>) | undefined {
  const context = contexts?.management;
  return context === undefined
    ? undefined
    : () => findKubeContext({ kubeconfig, env, context });
}
