import { isError } from '@backstage/errors';
import type { ParameterSchema } from '@ml-platform/parameters';
import type { JobPresets } from '@ml-platform/rayjob';
import type { CallOptions } from '../platform/Platform';
import { answerOf, type PortalApi } from './portalApi';

/** The parameters of a workload of the catalog; `undefined` where it has none, or isn't in it. */
export async function readPortalParameters(
  api: PortalApi,
  workload: string,
  { signal }: CallOptions = {},
): Promise<ParameterSchema | undefined> {
  try {
    const params = { query: { workload } };
    const found = await answerOf(
      api.GET('/workloads/parameters', { params, signal }),
    );
    return found.parameters;
  } catch (error) {
    if (isError(error) && error.name === 'NotFoundError') {
      return undefined;
    }
    throw error;
  }
}

/** What a job on a cluster is chosen from; without a cluster, on the first one. */
export async function readPortalPresets(
  api: PortalApi,
  cluster: string | undefined,
  { signal }: CallOptions = {},
): Promise<JobPresets> {
  const { clusters, sizes, spot } = await answerOf(
    api.GET('/job-options', { signal }),
  );
  const found = clusters.find(({ name }) => name === cluster) ?? clusters[0];
  return { sizes, spot, accelerators: found?.accelerators ?? [] };
}
