import type { Pod, RayJob } from '../objects/kubernetes';
import { RAY_LABEL_NODE_TYPE } from '../objects/rayLabels';
import type { Cause } from './causes';
import { statusMessage } from './statusMessage';

/** A lost head's answer comes from the API server's proxy, which refuses. */
export function unreachableHead(message: string | undefined): Cause {
  const detail = statusMessage(message);
  return {
    reason: 'RayUnreachable',
    message: `KubeRay can't reach the head of the Ray cluster${
      detail ? `: ${detail}` : ''
    }`,
  };
}

const HEAD_GONE: Cause = {
  reason: 'RayUnreachable',
  message:
    "The pod of the Ray cluster's head is gone, and what ran there with it",
};

/**
 * That a job which runs has pods of its own, none of which is the head that its
 * entrypoint was started on. KubeRay makes another head at once.
 */
export function lostHead(
  { spec, status }: RayJob,
  pods: readonly Pod[],
): Cause | undefined {
  const head = pods.find(
    ({ metadata }) => metadata.labels?.[RAY_LABEL_NODE_TYPE] === 'head',
  );
  if (!head) {
    return !spec?.clusterSelector && pods.length > 0 ? HEAD_GONE : undefined;
  }
  const started = status?.rayJobInfo?.startTime;
  const created = head.metadata.creationTimestamp;
  const isNewer =
    started !== undefined &&
    created !== undefined &&
    Date.parse(created) > Date.parse(started);
  const isReady = head.status?.containerStatuses?.some(({ ready }) => ready);
  return isNewer && !isReady ? HEAD_GONE : undefined;
}
