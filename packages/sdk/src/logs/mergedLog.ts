import {
  isTerminal,
  RAY_LABEL_NODE_TYPE,
  RAYJOBS,
  type JobRef,
  type JobState,
  type Pod,
  type RayJob,
} from '@ml-platform/rayjob';
import {
  followPodLog,
  resourcePath,
  type KubeClient,
  type PodLogCursor,
} from '@ml-platform/kube';
import { driverLog } from './driverLog';
import type { MergedCursor } from './logCursor';
import type { PlainLogEvent, SourcedLine } from './logEvents';
import { MergedPosition } from './MergedPosition';
import { mergeLogs, type MergeSource } from './mergeLogs';

/** Milliseconds that lines wait for older ones of another container. */
const WINDOW = 500;
const POLL = 1_000;

const NO_TIMES =
  "Ray's own file has no times, so earlier lines of the driver are left out here";

/** What comes out of the merged logs of a job, in order. */
export type MergedLogEvent =
  | {
      readonly type: 'lines';
      readonly lines: readonly SourcedLine[];
      /** The place after the last of these lines. */
      readonly cursor: MergedCursor;
    }
  | Exclude<PlainLogEvent, { readonly type: 'lines' }>;

export interface MergedLogOptions {
  readonly client: KubeClient;
  readonly ref: JobRef;
  /** The job's pods, as far as they are known by now. */
  readonly pods: () => readonly Pod[];
  /** The job's state; `undefined` for a job that is gone. */
  readonly state: () => JobState | undefined;
  readonly signal: AbortSignal;
  readonly follow: boolean;
  /** Begins after this place; wins over `tailLines`. */
  readonly cursor?: MergedCursor;
  /** Lines of each log before its end. */
  readonly tailLines?: number;
}

/** True where no pod of the job has the driver's log: only Ray does. */
async function isOnlyInRay({
  client,
  ref,
  signal,
}: MergedLogOptions): Promise<boolean> {
  const path = resourcePath(RAYJOBS, ref.namespace, ref.name);
  const job = await client
    .json<RayJob>({ path, signal })
    .catch(() => undefined);
  const mode = job?.spec?.submissionMode || 'K8sJobMode';
  return mode !== 'K8sJobMode' && mode !== 'SidecarMode';
}

const isWorker = ({ metadata }: Pod) =>
  metadata.labels?.[RAY_LABEL_NODE_TYPE] === 'worker';

/** Makes the log of each container that begins, once. */
function sourceFinder(options: MergedLogOptions, onlyInRay: boolean) {
  const { client, ref, signal, follow, tailLines, cursor: after } = options;
  const known = new Set<string>();
  const container = (pod: Pod, name: string): MergeSource => ({
    name: `${pod.metadata.name}/${name}`,
    stream: followPodLog({
      client,
      namespace: ref.namespace,
      pod: pod.metadata.name,
      container: name,
      follow,
      signal,
      tailLines,
      cursor: after && placeIn(pod, name, after),
    }),
  });
  const driver = (): MergeSource => ({
    name: 'driver',
    stream: driverLog(client, ref, {
      follow,
      signal,
      tailLines: after ? 0 : tailLines,
    }),
  });
  const find = (): MergeSource[] => {
    const found: MergeSource[] = [];
    const add = (name: string, make: () => MergeSource) => {
      if (!known.has(name)) {
        known.add(name);
        found.push(make());
      }
    };
    // Where there are too many logs, those of workers are left out.
    const pods = [...options.pods()].sort(
      (a, b) => Number(isWorker(a)) - Number(isWorker(b)),
    );
    const state = options.state() ?? 'unknown';
    if (onlyInRay && (state === 'running' || isTerminal(state))) {
      add('driver', driver);
    }
    for (const pod of pods) {
      for (const { name } of pod.spec?.containers ?? []) {
        add(`${pod.metadata.name}/${name}`, () => container(pod, name));
      }
    }
    return found;
  };
  return { known, find };
}

/** The containers' logs of a job, merged by time, each line with its source. */
export async function* mergedLog(
  options: MergedLogOptions,
): AsyncGenerator<MergedLogEvent, 'completed' | 'not-found'> {
  const { follow, signal, cursor: after } = options;
  const onlyInRay = await isOnlyInRay(options);
  const { known, find } = sourceFinder(options, onlyInRay);
  let first = true;
  const merged = mergeLogs({
    windowMs: follow ? WINDOW : undefined,
    pollMs: POLL,
    signal,
    more: () => {
      const begun = first;
      first = false;
      const found = begun || follow ? find() : [];
      const state = options.state();
      const over = !follow || !state || isTerminal(state);
      return over && found.length === 0 ? undefined : found;
    },
  });
  if (after && onlyInRay) {
    yield { type: 'gap', reason: NO_TIMES };
  }
  yield* withCursors(merged, after);
  return known.size > 0 ? 'completed' : 'not-found';
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
): AsyncGenerator<MergedLogEvent, void> {
  const position = new MergedPosition(after);
  for await (const event of merged) {
    if (event.type !== 'lines') {
      yield event;
      continue;
    }
    const lines = event.lines.filter(line => position.accept(line));
    if (lines.length > 0) {
      yield { type: 'lines', lines, cursor: position.cursor };
    }
  }
}
