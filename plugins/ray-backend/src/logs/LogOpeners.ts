import { InputError, NotFoundError } from '@backstage/errors';
import { attemptOf, isTerminal, type JobSummary } from '@ml-platform/rayjob';
import type { RayLogSource } from '@ml-platform/backstage-plugin-ray-node';
import { followPodLog } from '@ml-platform/kube';
import { mergedLog } from '@ml-platform/sdk';
import type { ArchivedLog } from '../archive/ArchivedLog';
import type { Clusters } from '../clusters/Clusters';
import type { JobIndex } from '../jobs/JobIndex';
import { archivedDriver, driverSource } from './driverSource';
import { extensionLog } from './extensionLog';
import { LogLostError } from './logErrors';
import type { LogOpener } from './logTypes';
import { writtenFirst, type NumberedOpener } from './numbered/writtenFirst';

/** Which log of a job. */
export interface LogPlace {
  readonly job: JobSummary;
  /** Id of one of the job's log sources. */
  readonly source: string;
  /** Of the container before its last restart. */
  readonly previous: boolean;
  /** Has the driver's log begin with what the node may have rotated away. */
  readonly isWhole?: boolean;
}

/** A log whose lines have numbers. */
export interface NumberedPlace {
  /** Id of the log. */
  readonly source: string;
  /** Whether a line has the same number when the log is read again. */
  readonly lasting: boolean;
  readonly open: NumberedOpener;
}

export interface LogOpenersOptions {
  readonly clusters: Clusters;
  readonly index: JobIndex;
  readonly sources: readonly RayLogSource[];
  /** Absent where logs are not archived. */
  readonly archived?: ArchivedLog;
}

/** A log to which nothing is added any more. */
function endedLog(open: LogOpener): LogOpener {
  return async function* ended(options) {
    const outcome = yield* open({ ...options, follow: false });
    return outcome === 'read' ? 'completed' : outcome;
  };
}

/** Knows who has which log of a job. */
export class LogOpeners {
  readonly #options: LogOpenersOptions;

  constructor(options: LogOpenersOptions) {
    this.#options = options;
  }

  /**
   * The way to read a log.
   *
   * @throws {InputError} for a source that is malformed
   * @throws {NotFoundError} when the job has no such pod, container or attempt
   * @throws {LogLostError} when the log was there, and can't be read any more
   */
  async find(place: LogPlace): Promise<LogOpener> {
    return (await this.#extension(place)) ?? this.#own(place);
  }

  /**
   * The way to read a log whose lines have numbers: the lines of `driver` are
   * numbered in each attempt.
   *
   * @throws like {@link find}
   */
  async findNumbered(place: LogPlace): Promise<NumberedPlace> {
    const { job, source, previous } = place;
    const extension = await this.#extension(place);
    if (extension) {
      return { source, lasting: true, open: extension };
    }
    const { archived, index } = this.#options;
    const live = index.getLive(job);
    if (!live && !index.isGone(job)) {
      throw new NotFoundError(
        `${job.name} hasn't started yet; there is no log so far`,
      );
    }
    const { attempt } = live ?? job;
    const id = source === 'driver' ? `driver/${attempt}` : source;
    const open = await this.#own({ ...place, source: id, isWhole: true });
    const run = attemptOf(id);
    // Which pods there are, and whose line comes first, differs each time.
    const found = { source: id, lasting: source !== 'all' };
    if (previous) {
      return { ...found, open: endedLog(open) };
    }
    return archived && run !== undefined
      ? {
          ...found,
          open: writtenFirst(open, () => archived.written(job, run)),
        }
      : { ...found, open };
  }

  async #extension(place: LogPlace): Promise<LogOpener | undefined> {
    for (const extension of this.#options.sources) {
      if (await extension.has(place)) {
        return extensionLog(extension, place);
      }
    }
    return undefined;
  }

  async #own(request: LogPlace): Promise<LogOpener> {
    const { job, source, previous, isWhole } = request;
    if (source === 'driver') {
      return driverSource({ ...this.#options, job, previous, isWhole });
    }
    if (source === 'all') {
      return this.#merged(job);
    }
    const attempt = attemptOf(source);
    if (attempt !== undefined) {
      return this.#attempt(request, attempt);
    }
    const [kind, pod, container, ...more] = source.split('/');
    if (kind !== 'pod' || !pod || !container || more.length > 0) {
      throw new InputError(
        `There is no log source '${source}'; use driver, driver/<attempt>, all, or pod/<pod>/<container>`,
      );
    }
    return this.#container(request, pod, container);
  }

  #merged(job: JobSummary): LogOpener {
    const { clusters, index } = this.#options;
    return ({ follow, start, signal }) =>
      mergedLog({
        client: clusters.client(job.cluster),
        ref: job,
        pods: () => clusters.podsOf(job),
        state: () => index.getLive(job)?.state,
        follow,
        signal,
        cursor: start.cursor?.kind === 'merged' ? start.cursor : undefined,
        tailLines: start.tailLines,
      });
  }

  async #attempt(
    { job, previous, isWhole }: LogPlace,
    attempt: number,
  ): Promise<LogOpener> {
    const { archived, index } = this.#options;
    if (attempt > job.attempt) {
      throw new NotFoundError(
        `${job.name} has had ${job.attempt} ${job.attempt === 1 ? 'attempt' : 'attempts'}; there is no attempt ${attempt}`,
      );
    }
    const run = { attempt };
    const options = { ...this.#options, job, previous, isWhole, run };
    if (attempt === job.attempt && index.getLive(job)) {
      return driverSource(options);
    }
    const state = await archived?.stateOf(job, attempt);
    if (state === undefined || state === 'empty') {
      throw this.lost({ job, source: `driver/${attempt}` });
    }
    return ({ start, signal }) => archivedDriver(options, start, signal);
  }

  /** True for a job whose logs are there, or are not: nobody waits for them. */
  hasEnded(job: JobSummary): boolean {
    return isTerminal(job.state) || this.#options.index.isGone(job);
  }

  /** Why there is nothing to read of a job that has ended. */
  lost({ job, source }: Pick<LogPlace, 'job' | 'source'>): Error {
    return new LogLostError(
      this.#options.archived
        ? `There is no log ${source} of ${job.name}: its driver wrote nothing, or its pods went before the log could be read`
        : `There is no log ${source} of ${job.name} any more: it went with its pods. Configure ray.logs.archive to keep the logs of later jobs`,
    );
  }

  #container(
    { job, previous }: LogPlace,
    pod: string,
    container: string,
  ): LogOpener {
    const { clusters } = this.#options;
    // The name comes from the caller: no other pod may be read this way.
    const own = clusters
      .podsOf(job)
      .find(candidate => candidate.metadata.name === pod);
    if (!own?.spec?.containers?.some(({ name }) => name === container)) {
      throw new NotFoundError(
        `${job.name} has no container ${container} in a pod ${pod}; it may be gone`,
      );
    }
    return ({ follow, start, signal }) =>
      followPodLog({
        client: clusters.client(job.cluster),
        namespace: job.namespace,
        pod,
        container,
        follow,
        previous,
        signal,
        tailLines: start.tailLines,
        cursor: start.cursor?.kind === 'container' ? start.cursor : undefined,
      });
  }
}
