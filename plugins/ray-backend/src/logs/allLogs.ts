import {
  isTerminal,
  RAYJOBS,
  type JobSummary,
  type Pod,
  type RayJob,
} from '@ml-platform/rayjob';
import {
  followPodLog,
  resourcePath,
  type KubeClient,
  type PodLogCursor,
} from '@ml-platform/kube';
import { driverLog, type MergedCursor } from '@ml-platform/sdk';
import type { Clusters } from '../clusters/Clusters';
import type { JobIndex } from '../jobs/JobIndex';
import type { LogEvent, LogOpener } from './logTypes';
import { MergedPosition } from './MergedPosition';
import { mergeLogs, type MergeSource } from './mergeLogs';

/** Milliseconds that lines wait for older ones of another container. */
const WINDOW = 500;
const POLL = 1_000;

const NO_TIMES =
  "Ray's Job API gives no times, so earlier lines of the driver are left out here";

/** True where no pod of the job has the driver's log: only Ray does. */
async function isOnlyInRay(
  client: KubeClient,
  { namespace, name }: JobSummary,
  signal: AbortSignal,
): Promise<boolean> {
  const path = resourcePath(RAYJOBS, namespace, name);
  const job = await client
    .json<RayJob>({ path, signal })
    .catch(() => undefined);
  const mode = job?.spec?.submissionMode || 'K8sJobMode';
  return mode !== 'K8sJobMode' && mode !== 'SidecarMode';
}

/** The containers' logs of a job, merged by time, each line with its source. */
export function allLogs(options: {
  readonly clusters: Clusters;
  readonly index: JobIndex;
  readonly job: JobSummary;
}): LogOpener {
  const { clusters, index, job } = options;
  return async function* all({ follow, start, signal }) {
    const client = clusters.client(job.cluster);
    const after = start.cursor?.kind === 'merged' ? start.cursor : undefined;
    const onlyInRay = await isOnlyInRay(client, job, signal);
    const known = new Set<string>();
    const gaps: LogEvent[] = [];

    const container = (pod: Pod, name: string): MergeSource => ({
      name: `${pod.metadata.name}/${name}`,
      stream: followPodLog({
        client,
        namespace: job.namespace,
        pod: pod.metadata.name,
        container: name,
        follow,
        signal,
        tailLines: start.tailLines,
        cursor: after && placeIn(pod, name, after),
      }),
    });
    const driver = (): MergeSource => {
      if (after) {
        gaps.push({ type: 'gap', reason: NO_TIMES });
      }
      const tailLines = after ? 0 : start.tailLines;
      return {
        name: 'driver',
        stream: driverLog(client, job, { follow, signal, tailLines }),
      };
    };
    const find = (): MergeSource[] => {
      const found: MergeSource[] = [];
      const add = (name: string, make: () => MergeSource) => {
        if (!known.has(name)) {
          known.add(name);
          found.push(make());
        }
      };
      for (const pod of clusters.podsOf(job)) {
        for (const { name } of pod.spec?.containers ?? []) {
          add(`${pod.metadata.name}/${name}`, () => container(pod, name));
        }
      }
      const state = index.getLive(job)?.state ?? 'unknown';
      if (onlyInRay && (state === 'running' || isTerminal(state))) {
        add('driver', driver);
      }
      return found;
    };

    let first = true;
    const merged = mergeLogs({
      windowMs: follow ? WINDOW : undefined,
      pollMs: POLL,
      signal,
      more: () => {
        const begun = first;
        first = false;
        const found = begun || follow ? find() : [];
        const row = index.getLive(job);
        const over = !follow || !row || isTerminal(row.state);
        return over && found.length === 0 ? undefined : found;
      },
    });
    yield* withCursors(merged, after, gaps);
    return known.size > 0 ? 'completed' : 'not-found';
  };
}

/** Before the first line of a time in one container. */
function placeIn(
  pod: Pod,
  container: string,
  { time }: MergedCursor,
): PodLogCursor {
  const status = pod.status?.containerStatuses?.find(
    ({ name }) => name === container,
  );
  return {
    kind: 'container',
    podUid: pod.metadata.uid ?? '',
    container,
    restartCount: status?.restartCount ?? 0,
    time,
    count: 0,
  };
}

/** Leaves out what was read, and gives each piece its place by time. */
async function* withCursors(
  merged: ReturnType<typeof mergeLogs>,
  after: MergedCursor | undefined,
  gaps: LogEvent[],
): AsyncGenerator<LogEvent, void> {
  const position = new MergedPosition(after);
  for await (const event of merged) {
    yield* gaps.splice(0);
    if ('type' in event) {
      yield event;
      continue;
    }
    const lines = event.lines.filter(line => position.accept(line));
    if (lines.length > 0) {
      yield { type: 'lines', lines, cursor: position.cursor };
    }
  }
}
