import type { RayJobRequest } from './renderRayJob';
import type { WorkerGroup } from './podRequest';

/** Workers of a group that is as large as it may become. */
export const mostWorkers = ({ workers, maxWorkers }: WorkerGroup): number =>
  Math.max(workers, maxWorkers ?? workers);

const changes = ({ workers, minWorkers, maxWorkers }: WorkerGroup) =>
  (minWorkers ?? workers) !== (maxWorkers ?? workers);

/** True for a run whose number of workers Ray's autoscaler decides. */
export const isAutoscaled = (
  request: Pick<RayJobRequest, 'groups'> & WorkerGroup,
): boolean => [request, ...(request.groups ?? [])].some(changes);
