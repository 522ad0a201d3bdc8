import { type LogEndReason } from '@ml-platform/backstage-plugin-ray-common';
import {
  isTerminal,
  SUBMITTER_CONTAINER,
  type JobSummary,
  type Pod,
} from '@ml-platform/rayjob';
import type { RayLogEvent } from '@ml-platform/backstage-plugin-ray-node';
import {
  decodeLogCursor,
  followPodLog,
  type LogCursor,
} from '@ml-platform/kube';
import { driverLog } from '@ml-platform/sdk';
import type { Clusters } from '../clusters/Clusters';
import type { JobIndex } from '../jobs/JobIndex';
import { adaptPodLog } from './adaptPodLog';
import type { LogOpener } from './LogTopic';
import { MergedPosition } from './MergedPosition';
import { mergeLogs, type MergeSource } from './mergeLogs';

/** Milliseconds that lines wait for older ones of another container. */
const WINDOW = 500;
const POLL = 1_000;

const NO_TIMES =
  "Ray's Job API gives no times, so the driver's lines of before are left out here";

/** The containers' logs of a job, merged by time, each line with its source. */
export function allLogs(options: {
  readonly clusters: Clusters;
  readonly index: JobIndex;
  readonly job: JobSummary;
}): LogOpener {
  const { clusters, index, job } = options;
  return async function* all({ follow, start, signal }) {
    const client = clusters.client(job.cluster);
    const after = start.cursor ? decodeLogCursor(start.cursor) : undefined;
    const known = new Set<string>();
    const gaps: RayLogEvent[] = [];

    const container = (pod: Pod, name: string): MergeSource => ({
      name: `${pod.metadata.name}/${name}`,
      stream: adaptPodLog(
        followPodLog({
          client,
          namespace: job.namespace,
          pod: pod.metadata.name,
          container: name,
          follow,
          signal,
          tailLines: start.tailLines,
          cursor: after && placeIn(pod, name, after),
        }),
      ),
    });
    // The driver of a job that no pod of its own submits: only Ray has its log.
    const driver = (): MergeSource => {
      if (after) {
        gaps.push({ type: 'gap', reason: NO_TIMES });
      }
      const tailLines = after ? 0 : start.tailLines;
      return {
        name: 'driver',
        stream: adaptPodLog(
          driverLog(client, job, { follow, signal, tailLines }),
        ),
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
      const pods = clusters.podsOf(job);
      for (const pod of pods) {
        for (const { name } of pod.spec?.containers ?? []) {
          add(`${pod.metadata.name}/${name}`, () => container(pod, name));
        }
      }
      const submits = [...known].some(name =>
        name.endsWith(`/${SUBMITTER_CONTAINER}`),
      );
      const state = index.getLive(job)?.state ?? 'unknown';
      if (!submits && (state === 'running' || isTerminal(state))) {
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
    return yield* withCursors(merged, after, gaps);
  };
}

/** Before the first line of a time in one container. */
function placeIn(pod: Pod, container: string, { time }: LogCursor): LogCursor {
  const status = pod.status?.containerStatuses?.find(
    ({ name }) => name === container,
  );
  return {
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
  after: LogCursor | undefined,
  gaps: RayLogEvent[],
): AsyncGenerator<RayLogEvent, LogEndReason> {
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
  return 'completed';
}
