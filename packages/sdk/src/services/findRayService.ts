import { NotFoundError } from '@backstage/errors';
import { resourcePath } from '@ml-platform/kube';
import {
  RAY_LABEL_CLUSTER,
  RAY_LABEL_NODE_TYPE,
  RAYJOBS,
  type RayJob,
} from '@ml-platform/rayjob';
import type { OpenedCluster } from '../settings/openClusters';
import { listServices } from './listServices';
import { serviceTarget } from './serviceTarget';
import type { FoundService, KubeService } from './serviceTypes';

/** Ray's dashboard: its name in the head's service, and its port. */
const DASHBOARD = ['dashboard', 8265];
const USUAL_PORT = 8265;

/** Which Ray cluster: of a job, or by name; the newest where neither is given. */
export interface RayServiceChoice {
  readonly namespace: string;
  readonly job?: string;
  readonly rayCluster?: string;
}

/** @throws {NotFoundError} when the job has no Ray cluster now */
async function rayClusterOf(
  { client }: OpenedCluster,
  namespace: string,
  job: string,
  signal: AbortSignal,
): Promise<string> {
  const { status } = await client
    .json<RayJob>({ path: resourcePath(RAYJOBS, namespace, job), signal })
    .catch(error => {
      throw error instanceof NotFoundError
        ? new NotFoundError(
            `There is no job ${job} in the namespace ${namespace}; see 'ml-platform list -A'`,
          )
        : error;
    });
  if (!status?.rayClusterName) {
    throw new NotFoundError(
      `${job} has no Ray cluster now; wait until it starts, or choose another with --cluster`,
    );
  }
  return status.rayClusterName;
}

async function headServices(
  { client }: OpenedCluster,
  { namespace, rayCluster }: RayServiceChoice,
  signal: AbortSignal,
): Promise<readonly [KubeService, ...KubeService[]]> {
  const labelSelector = [
    `${RAY_LABEL_NODE_TYPE}=head`,
    ...(rayCluster ? [`${RAY_LABEL_CLUSTER}=${rayCluster}`] : []),
  ].join();
  const where = { namespace, labelSelector };
  const [first, ...more] = await listServices(client, where, signal);
  if (!first) {
    throw new NotFoundError(
      rayCluster
        ? `The Ray cluster ${rayCluster} has no head in the namespace ${namespace}; check the name, and whether it still runs`
        : `No Ray cluster runs in the namespace ${namespace}; start a job, or choose another namespace with -n`,
    );
  }
  return [first, ...more];
}

const nameOf = ({ metadata }: KubeService) =>
  metadata.labels?.[RAY_LABEL_CLUSTER] ?? metadata.name;

/**
 * Ray's dashboard of a job or a Ray cluster. A job that starts again gets another
 * cluster, so each connection asks which one it has.
 *
 * @throws {NotFoundError} when there is none
 */
export async function findRayService(
  cluster: OpenedCluster,
  choice: RayServiceChoice,
  signal: AbortSignal,
): Promise<FoundService> {
  const { namespace, job } = choice;
  const find = async (until: AbortSignal) =>
    headServices(
      cluster,
      job
        ? {
            namespace,
            rayCluster: await rayClusterOf(cluster, namespace, job, until),
          }
        : choice,
      until,
    );
  const [found, ...older] = await find(signal);
  return {
    title: `Ray dashboard of ${job ?? nameOf(found)}`,
    cluster,
    namespace,
    service: found.metadata.name,
    usualPort: USUAL_PORT,
    note:
      older.length > 0 && !job
        ? `${nameOf(found)} is the newest of ${older.length + 1} Ray clusters; choose another with --cluster or --job`
        : undefined,
    target: async until => {
      const [{ metadata }] = job ? await find(until) : [found];
      return serviceTarget(cluster.client, metadata, DASHBOARD, until);
    },
  };
}
