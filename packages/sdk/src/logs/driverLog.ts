import {
  isError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  hasLeftRun,
  isTerminal,
  jobState,
  RAY_LABEL_CLUSTER,
  RAY_LABEL_NODE_TYPE,
  RAY_LABEL_ORIGIN_NAME,
  type AttemptRun,
  type JobRef,
  type Pod,
  type RayJob,
  RAYJOBS,
} from '@ml-platform/rayjob';
import {
  type KubeClient,
  PODS,
  resourcePath,
  sleep,
  followPodLog,
  type PodLogEnd,
  type PodLogEvent,
  type LogCursor,
  RefusalPatience,
} from '@ml-platform/kube';
import { driverPlace, placeId } from './driverPlace';
import { followRayJobLog } from './followRayJobLog';

export interface DriverLogOptions {
  readonly signal: AbortSignal;
  readonly follow?: boolean;
  readonly previous?: boolean;
  readonly cursor?: LogCursor;
  readonly tailLines?: number;
  /**
   * Reads only the log of this run, and ends with it: after all submitters that
   * it had, where the first ones failed.
   */
  readonly run?: AttemptRun;
  /** Milliseconds between looks at what has not started. */
  readonly pollMs?: number;
}

interface PodList {
  readonly items: readonly Pod[];
}

async function readJobAndPods(
  client: KubeClient,
  ref: JobRef,
  signal: AbortSignal,
): Promise<{ job: RayJob; pods: readonly Pod[] }> {
  const job = await client.json<RayJob>({
    path: resourcePath(RAYJOBS, ref.namespace, ref.name),
    signal,
  });
  const list = async (labelSelector: string) => {
    const path = resourcePath(PODS, ref.namespace);
    const query = { labelSelector };
    const { items } = await client.json<PodList>({ path, query, signal });
    return items;
  };
  const cluster = `${RAY_LABEL_CLUSTER}=${job.status?.rayClusterName ?? ''}`;
  const sidecar = job.spec?.submissionMode === 'SidecarMode';
  const drivers = await list(
    sidecar
      ? `${cluster},${RAY_LABEL_NODE_TYPE}=head`
      : `${RAY_LABEL_ORIGIN_NAME}=${ref.name}`,
  );
  // While there is no driver, the pods of the Ray cluster say why.
  const waits = drivers.length === 0 && job.status?.rayClusterName;
  return { job, pods: waits ? await list(cluster) : drivers };
}

type Found =
  | {
      readonly kind: 'job';
      readonly job: RayJob;
      readonly pods: readonly Pod[];
    }
  | { readonly kind: 'gone'; readonly error: NotFoundError }
  | { readonly kind: 'unreachable'; readonly error: Error };

async function look(
  client: KubeClient,
  ref: JobRef,
  signal: AbortSignal,
  patience: RefusalPatience,
): Promise<Found> {
  try {
    const found = await readJobAndPods(client, ref, signal);
    patience.answered();
    return { kind: 'job', ...found };
  } catch (error) {
    if (error instanceof NotFoundError) {
      return { kind: 'gone', error };
    }
    const passes =
      error instanceof ServiceUnavailableError || patience.bears(error);
    if (passes && isError(error)) {
      return { kind: 'unreachable', error };
    }
    throw error;
  }
}

/**
 * Times the usual wait between two looks at an attempt whose driver has ended:
 * nobody watches, and a suspended one may stay so for days.
 */
const AGAIN = 5;

const STARTED_AGAIN =
  'The job was submitted again; what follows is the log of the new attempt';

/** True when no further attempt can write to the driver's log. */
function hasEnded(job: RayJob): boolean {
  const { jobStatus } = job.status ?? {};
  return (
    isTerminal(jobState(job).state) ||
    jobStatus === 'SUCCEEDED' ||
    jobStatus === 'STOPPED'
  );
}

/** True when an attempt has failed and the next has not begun. */
function isRetrying(job: RayJob): boolean {
  return job.status?.jobDeploymentStatus === 'Retrying';
}

/**
 * The driver's log of a job, wherever its submission mode puts it. With
 * `follow` it waits for a job that has not started and says so (`waiting`).
 *
 * @throws NotFoundError when there is no such job
 */
export async function* driverLog(
  client: KubeClient,
  ref: JobRef,
  options: DriverLogOptions,
): AsyncGenerator<PodLogEvent, PodLogEnd> {
  const { signal, follow, pollMs = 1_000 } = options;
  let { cursor, tailLines } = options;
  const patience = new RefusalPatience();
  let said = '';
  let read: string | undefined;
  let end: PodLogEnd = 'completed';
  while (!signal.aborted) {
    const found = await look(client, ref, signal, patience);
    if (found.kind === 'gone') {
      if (!said && read === undefined) {
        throw found.error;
      }
      return read === undefined ? 'deleted' : end;
    }
    if (found.kind === 'unreachable') {
      if (!follow) {
        throw found.error;
      }
      if (said !== found.error.message) {
        said = found.error.message;
        yield { type: 'waiting', message: said };
      }
      await sleep(pollMs, signal);
      continue;
    }
    const { job, pods } = found;
    if (options.run && hasLeftRun(options.run, job)) {
      return read === undefined ? 'deleted' : end;
    }
    const place = driverPlace(job, pods);
    const id = placeId(place);
    if (place.kind !== 'none' && id !== read) {
      if (read !== undefined) {
        yield { type: 'gap', reason: STARTED_AGAIN };
      }
      read = id;
      const start = { ...options, client, patience, cursor, tailLines };
      end = yield* place.kind === 'ray'
        ? followRayJobLog({ ...start, job, ref })
        : followPodLog({ ...start, ...place.container });
      if (!follow || options.previous) {
        return end;
      }
      cursor = undefined;
      tailLines = undefined;
      continue;
    }
    if (hasEnded(job) || (options.run && isRetrying(job))) {
      return read === undefined ? 'not-found' : end;
    }
    if (!follow) {
      return 'not-found';
    }
    if (place.kind === 'none' && place.message !== said) {
      said = place.message;
      yield { type: 'waiting', message: said };
    }
    await sleep(
      read !== undefined && options.run ? AGAIN * pollMs : pollMs,
      signal,
    );
  }
  return 'read';
}
