import { InputError, NotFoundError } from '@backstage/errors';
import { followPodLog, sleep, type PodLogEnd } from '@ml-platform/kube';
import {
  attemptOf,
  isTerminal,
  jobState,
  type JobRef,
  type JobState,
  type Pod,
} from '@ml-platform/rayjob';
import { driverLog } from '../logs/driverLog';
import { mergedLog } from '../logs/mergedLog';
import type { JobLogEnd, JobLogEvent, JobLogOptions } from '../platform/jobLog';
import { readJobPods, readRayJob } from './clusterObjects';
import type { ClusterLink } from './clusterLink';

/** Milliseconds between two looks for pods that have begun. */
const LOOK = 2_000;

function endOf(end: PodLogEnd): JobLogEnd {
  return { reason: end === 'read' ? 'completed' : end };
}

/** What is known of a job while its containers' logs are read. */
class JobLook {
  pods: readonly Pod[] = [];
  state: JobState | undefined = 'unknown';
  readonly #link: ClusterLink;
  readonly #ref: JobRef;

  constructor(link: ClusterLink, ref: JobRef) {
    this.#link = link;
    this.#ref = ref;
  }

  async look(signal: AbortSignal): Promise<void> {
    const job = await readRayJob(this.#link, this.#ref, signal);
    this.pods = await readJobPods(this.#link, job, signal);
    this.state = jobState(job, this.pods).state;
  }

  /** Looks again and again until the job has ended or is gone. */
  async keepLooking(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && this.state && !isTerminal(this.state)) {
      await sleep(LOOK, signal);
      await this.look(signal).catch(error => {
        if (error instanceof NotFoundError) {
          this.state = undefined;
        }
      });
    }
  }
}

async function* allContainers(
  link: ClusterLink,
  ref: JobRef,
  { signal, follow = false, tail }: JobLogOptions,
): AsyncGenerator<JobLogEvent, JobLogEnd> {
  const job = new JobLook(link, ref);
  await job.look(signal);
  const over = new AbortController();
  if (follow) {
    job.keepLooking(AbortSignal.any([signal, over.signal]));
  }
  try {
    const reason = yield* mergedLog({
      client: link.client,
      ref,
      pods: () => job.pods,
      state: () => job.state,
      signal,
      follow,
      tailLines: tail,
    });
    return { reason };
  } finally {
    over.abort();
  }
}

async function* oneContainer(
  link: ClusterLink,
  ref: JobRef,
  [pod, container]: readonly [string, string],
  { signal, follow, previous, tail }: JobLogOptions,
): AsyncGenerator<JobLogEvent, JobLogEnd> {
  const job = await readRayJob(link, ref, signal);
  const pods = await readJobPods(link, job, signal);
  const own = pods.find(({ metadata }) => metadata.name === pod);
  if (!own?.spec?.containers?.some(({ name }) => name === container)) {
    throw new NotFoundError(
      `${ref.name} has no container ${container} in a pod ${pod}; it may be gone`,
    );
  }
  return endOf(
    yield* followPodLog({
      client: link.client,
      namespace: ref.namespace,
      pod,
      container,
      signal,
      follow,
      previous,
      tailLines: tail,
    }),
  );
}

async function* oneAttempt(
  link: ClusterLink,
  ref: JobRef,
  attempt: number,
  { signal, follow, previous, tail }: JobLogOptions,
): AsyncGenerator<JobLogEvent, JobLogEnd> {
  const end = yield* driverLog(link.client, ref, {
    signal,
    follow,
    previous,
    tailLines: tail,
    run: { attempt },
  });
  if (end === 'deleted' || end === 'not-found') {
    throw new NotFoundError(
      `There is no log of attempt ${attempt} of ${ref.name} on the cluster; the portal keeps earlier ones`,
    );
  }
  return endOf(end);
}

/**
 * A log of a job, straight from the cluster.
 *
 * @throws {NotFoundError} when there is no such job, pod or container
 * @throws {InputError} for a source that is malformed
 */
export async function* clusterLog(
  link: ClusterLink,
  ref: JobRef,
  options: JobLogOptions,
): AsyncGenerator<JobLogEvent, JobLogEnd> {
  const { source = 'driver', signal, follow, previous, tail } = options;
  if (source === 'driver') {
    return endOf(
      yield* driverLog(link.client, ref, {
        signal,
        follow,
        previous,
        tailLines: tail,
      }),
    );
  }
  if (source === 'all') {
    return yield* allContainers(link, ref, options);
  }
  const attempt = attemptOf(source);
  if (attempt !== undefined) {
    return yield* oneAttempt(link, ref, attempt, options);
  }
  const [kind, pod, container, ...more] = source.split('/');
  if (kind !== 'pod' || !pod || !container || more.length > 0) {
    throw new InputError(
      `There is no log source '${source}'; use driver, driver/<attempt>, all, or pod/<pod>/<container>`,
    );
  }
  return yield* oneContainer(link, ref, [pod, container], options);
}
