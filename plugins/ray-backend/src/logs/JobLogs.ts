import { InputError, NotFoundError } from '@backstage/errors';
import { type LogEndReason } from '@ml-platform/backstage-plugin-ray-common';
import { attemptOf, type JobSummary } from '@ml-platform/rayjob';
import type {
  RayLogEvent,
  RayLogSource,
} from '@ml-platform/backstage-plugin-ray-node';
import { decodeLogCursor, followPodLog } from '@ml-platform/kube';
import { driverLog } from '@ml-platform/sdk';
import type { ArchivedLog } from '../archive/ArchivedLog';
import type { Clusters } from '../clusters/Clusters';
import type { JobIndex } from '../jobs/JobIndex';
import type { LogHub } from './LogHub';
import type { LogEnd, LogOpener, LogStart } from './LogTopic';
import { allLogs } from './allLogs';
import { adaptPodLog } from './adaptPodLog';
import { waitUntilLive } from './waitUntilLive';
import { withArchive } from './withArchive';

export interface JobLogRequest extends LogStart {
  readonly job: JobSummary;
  readonly source: string;
  readonly follow: boolean;
  readonly previous: boolean;
  readonly signal: AbortSignal;
}

/** The logs of jobs: which source has one, and who shares its upstream. */
export class JobLogs {
  constructor(
    private readonly options: {
      readonly hub: LogHub;
      readonly clusters: Clusters;
      readonly index: JobIndex;
      readonly sources: readonly RayLogSource[];
      readonly archived?: ArchivedLog;
    },
  ) {}

  /**
   * The lines of a log as they come.
   *
   * @throws InputError for a source or cursor that can't be; NotFoundError when
   * the job has no such pod
   */
  async *read(request: JobLogRequest): AsyncGenerator<RayLogEvent, LogEnd> {
    const { job, source, follow, previous, cursor, tailLines, signal } =
      request;
    const start =
      cursor === undefined && tailLines === undefined
        ? {}
        : { cursor, tailLines };
    const open = await this.opener(request);
    if (follow && !previous) {
      const key = [job.cluster, job.namespace, job.name, source].join('/');
      return yield* this.options.hub.follow({ key, open, start, signal });
    }
    return { reason: yield* open({ follow: false, start, signal }) };
  }

  private async opener(request: JobLogRequest): Promise<LogOpener> {
    for (const source of this.options.sources) {
      const probe = await source.open({ ...request, follow: false });
      if (probe) {
        await probe.return('completed');
        return ({ follow, start, signal }) =>
          openExtension(source, { ...request, ...start, follow, signal });
      }
    }
    if (request.source === 'driver') {
      return this.driver(request);
    }
    if (request.source === 'all') {
      return allLogs({ ...this.options, job: request.job });
    }
    const attempt = attemptOf(request.source);
    if (attempt !== undefined) {
      return this.attempt(request, attempt);
    }
    const [kind, pod, container, ...more] = request.source.split('/');
    if (kind !== 'pod' || !pod || !container || more.length > 0) {
      throw new InputError(
        `There is no log source '${request.source}'; use driver, driver/<attempt>, all, or pod/<pod>/<container>`,
      );
    }
    return this.container(request, pod, container);
  }

  /** What is written of an attempt does not change: it is in the archive or nowhere. */
  private attempt({ job }: JobLogRequest, attempt: number): LogOpener {
    const { archived } = this.options;
    return ({ start, signal }) =>
      archived?.readOne(job, attempt, start, signal) ?? none();
  }

  private driver({ job, previous }: JobLogRequest): LogOpener {
    const { index, clusters, archived } = this.options;
    return async function* driver({ follow, start, signal }) {
      if (!index.getLive(job)) {
        if (index.isGone(job)) {
          return (yield* archived?.read(job, start, signal) ?? none()) ===
            'completed'
            ? 'completed'
            : 'deleted';
        }
        if (!follow) {
          return 'not-started';
        }
        const live = yield* waitUntilLive(index, job, signal);
        if (!live) {
          return 'deleted';
        }
      }
      // What a node keeps of a long log is its end only; the archive has it all.
      if (archived && (await archived.isComplete(job))) {
        return yield* archived.read(job, start, signal);
      }
      const open = (place: LogStart) =>
        driverLog(clusters.client(job.cluster), job, {
          follow,
          previous,
          signal,
          tailLines: place.tailLines,
          cursor: place.cursor ? decodeLogCursor(place.cursor) : undefined,
        });
      return yield* withArchive({ open, archived, job, start, signal });
    };
  }

  private container(
    { job, previous }: JobLogRequest,
    pod: string,
    container: string,
  ): LogOpener {
    const { clusters } = this.options;
    // The name comes from the caller: no other pod may be read this way.
    const own = clusters
      .get(job.cluster)
      .jobs.podsOf(job)
      .find(candidate => candidate.metadata.name === pod);
    if (!own?.spec?.containers?.some(({ name }) => name === container)) {
      throw new NotFoundError(
        `${job.name} has no container ${container} in a pod ${pod}; it may be gone`,
      );
    }
    return ({ follow, start, signal }) =>
      adaptPodLog(
        followPodLog({
          client: clusters.client(job.cluster),
          namespace: job.namespace,
          pod,
          container,
          follow,
          previous,
          signal,
          tailLines: start.tailLines,
          cursor: start.cursor ? decodeLogCursor(start.cursor) : undefined,
        }),
      );
  }
}

async function* openExtension(
  source: RayLogSource,
  request: JobLogRequest,
): AsyncGenerator<RayLogEvent, LogEndReason> {
  const stream = await source.open(request);
  return stream ? yield* stream : 'not-found';
}

async function* none(): AsyncGenerator<RayLogEvent, LogEndReason> {
  return 'not-found';
}
