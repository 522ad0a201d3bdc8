import { isError } from '@backstage/errors';
import type { KubeClient } from '@ml-platform/kube';
import { argocdStatus } from '../status/argocdStatus';
import type { Check } from './doctorTypes';

/** Whether Argo CD tells the caller about its applications. */
export async function checkArgoCd(
  client: KubeClient,
  signal: AbortSignal,
): Promise<Check> {
  try {
    const { items } = await argocdStatus(client, signal);
    return {
      part: 'Argo CD',
      result: 'ok',
      detail: items.map(({ name }) => name).join(', ') || 'no applications',
    };
  } catch (error) {
    return {
      part: 'Argo CD',
      result: 'warn',
      detail: isError(error) ? error.message : String(error),
      remedy:
        "Without it 'ml-platform status' can't tell how jobs get from git to the cluster; check contexts.management",
    };
  }
}
