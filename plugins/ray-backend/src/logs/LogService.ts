import { InputError, NotFoundError } from '@backstage/errors';
import { attemptOf, isTerminal, type JobSummary } from '@ml-platform/rayjob';
import type { RayLogSource } from '@ml-platform/backstage-plugin-ray-node';
import { followPodLog } from '@ml-platform/kube';
import { decodeLogCursor, mergedLog } from '@ml-platform/sdk';
import type { ArchivedLog } from '../archive/ArchivedLog';
import type { Clusters } from '../clusters/Clusters';
import type { JobIndex } from '../jobs/JobIndex';
import { driverSource } from './driverSource';
import { extensionLog } from './extensionLog';
import { LogLostError } from './logErrors';
import type { LogHub } from './LogHub';
import {
  logEnd,
  type LogEnd,
  type LogEvent,
  type LogOpener,
  type LogStart,
} from './logTypes';
import { OpenLog } from './OpenLog';

export interface LogRequest {
  readonly job: JobSummary;
  /** Id of one of the job's log sources. */
  readonly source: string;
  readonly follow: boolean;
  readonly previous: boolean;
  /** Begins after this place; as the text that came with the lines. */
  readonly cursor?: string;
  /** Begins at most this many lines before the end. */
  readonly tailLines?: number;
  readonly signal: AbortSignal;
}

export interface LogServiceOptions {
  readonly hub: LogHub;
  readonly clusters: Clusters;
  readonly index: JobIndex;
  readonly sources: readonly RayLogSource[];
  /** Absent where logs are not archived. */
  readonly archived?: ArchivedLog;
}

const ANOTHER_RUN =
  'The job was created again under the same name; this is its log from the first line';

/** Opens the logs of jobs: knows which source has one, and shares upstreams. */
export class LogService {
  readonly #options: LogServiceOptions;

  constructor(options: LogServiceOptions) {
    this.#options = options;
  }

  /**
   * Opens a log.
   *
   * @throws {InputError} for a source or cursor that is malformed
   * @throws {NotFoundError} when the job has no such pod, container or attempt
   * @throws {LogLostError} when the log was there, and can't be read any more
   */
  async open(request: LogRequest): Promise<OpenLog> {
    const { job } = request;
    const { start, isOther } = startOf(request);
    const opener = await this.#opener(request);
    const stream = this.#read(request, opener, start);
    if (isOther) {
      return new OpenLog(stream, {
        value: { type: 'gap', reason: ANOTHER_RUN },
      });
    }
    const { index } = this.#options;
    const ended = isTerminal(job.state) || index.isGone(job);
    if (!ended || start.cursor) {
      return new OpenLog(stream);
    }
    // The log of a job that has ended is there, or it is not: nobody waits for it.
    const first = await stream.next();
    if (first.done && ['deleted', 'not-found'].includes(first.value.reason)) {
      throw this.#lost(request);
    }
    return new OpenLog(stream, first);
  }

  #read(
    request: LogRequest,
    open: LogOpener,
    start: LogStart,
  ): AsyncGenerator<LogEvent, LogEnd> {
    const { job, source, follow, previous, signal } = request;
    return follow && !previous
      ? this.#options.hub.follow({
          key: [job.cluster, job.namespace, job.name, job.uid, source].join(
            '/',
          ),
          open,
          start,
          signal,
        })
      : readOnce(open, start, signal);
  }

  async #opener(request: LogRequest): Promise<LogOpener> {
    const { job, source, previous } = request;
    for (const extension of this.#options.sources) {
      if (await extension.has({ job, source })) {
        return extensionLog(extension, { job, source, previous });
      }
    }
    if (source === 'driver') {
      return driverSource({ ...this.#options, job, previous });
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
    { job, previous }: LogRequest,
    attempt: number,
  ): Promise<LogOpener> {
    const { archived, index } = this.#options;
    if (attempt > job.attempt) {
      throw new NotFoundError(
        `${job.name} has had ${job.attempt} ${job.attempt === 1 ? 'attempt' : 'attempts'}; there is no attempt ${attempt}`,
      );
    }
    if (attempt === job.attempt && index.getLive(job)) {
      return driverSource({
        ...this.#options,
        job,
        previous,
        run: { attempt },
      });
    }
    const state = await archived?.stateOf(job, attempt);
    if (!archived || state === undefined || state === 'empty') {
      throw this.#lost({ job, source: `driver/${attempt}` });
    }
    return ({ start, signal }) => archived.readOne(job, attempt, start, signal);
  }

  /** Why there is nothing to read of a job that has ended. */
  #lost({ job, source }: Pick<LogRequest, 'job' | 'source'>): Error {
    return new LogLostError(
      this.#options.archived
        ? `There is no log ${source} of ${job.name}: its driver wrote nothing, or its pods went before the log could be read`
        : `There is no log ${source} of ${job.name} any more: it went with its pods. Configure ray.logs.archive to keep the logs of later jobs`,
    );
  }

  #container(
    { job, previous }: LogRequest,
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

/** Where to begin; a place in the log of another run of the name is none. */
function startOf({ job, cursor, tailLines }: LogRequest): {
  readonly start: LogStart;
  readonly isOther: boolean;
} {
  if (cursor === undefined) {
    return { start: { tailLines }, isOther: false };
  }
  const { uid, cursor: place } = decodeLogCursor(cursor);
  const isOther = uid !== job.uid;
  return { start: isOther ? {} : { cursor: place }, isOther };
}

async function* readOnce(
  open: LogOpener,
  start: LogStart,
  signal: AbortSignal,
): AsyncGenerator<LogEvent, LogEnd> {
  return logEnd(yield* open({ follow: false, start, signal }));
}
