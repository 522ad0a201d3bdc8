import { InputError, NotFoundError } from '@backstage/errors';
import type {
  JobRef,
  JobSummary,
  LogEndReason,
} from '@ml-platform/backstage-plugin-ray-common';
import type {
  RayLogEvent,
  RayLogSource,
} from '@ml-platform/backstage-plugin-ray-node';
import {
  decodeLogCursor,
  driverLog,
  encodeLogCursor,
  followPodLog,
  type PodLogEnd,
  type PodLogEvent,
} from '@ml-platform/sdk';
import type { Clusters } from '../clusters/Clusters';
import type { JobIndex } from '../index/JobIndex';
import type { LogHub } from './LogHub';
import type { LogEnd, LogOpener, LogStart } from './LogTopic';
import { waitUntilLive } from './waitUntilLive';

export interface JobLogRequest extends LogStart {
  readonly job: JobSummary;
  readonly source: string;
  readonly follow: boolean;
  readonly previous: boolean;
  readonly signal: AbortSignal;
}

const ENDS: Readonly<Record<PodLogEnd, LogEndReason>> = {
  completed: 'completed',
  read: 'completed',
  deleted: 'deleted',
  'not-found': 'not-found',
};

async function* adapt(
  stream: AsyncGenerator<PodLogEvent, PodLogEnd>,
): AsyncGenerator<RayLogEvent, LogEndReason> {
  for (;;) {
    const next = await stream.next();
    if (next.done) {
      return ENDS[next.value];
    }
    const event = next.value;
    yield event.type === 'lines'
      ? { ...event, cursor: encodeLogCursor(event.cursor) }
      : event;
  }
}

/** The logs of jobs: which source has one, and who shares its upstream. */
export class JobLogs {
  constructor(
    private readonly options: {
      readonly hub: LogHub;
      readonly clusters: Clusters;
      readonly index: JobIndex;
      readonly sources: readonly RayLogSource[];
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
    const [kind, pod, container, ...more] = request.source.split('/');
    if (kind !== 'pod' || !pod || !container || more.length > 0) {
      throw new InputError(
        `There is no log source '${request.source}'; use driver, or pod/<pod>/<container>`,
      );
    }
    return this.container(request, pod, container);
  }

  private driver({ job, previous }: JobLogRequest): LogOpener {
    const ref: JobRef = job;
    const { index, clusters } = this.options;
    return async function* driver({ follow, start, signal }) {
      if (!index.getLive(ref)) {
        if (!follow) {
          return 'not-started';
        }
        const live = yield* waitUntilLive(index, ref, signal);
        if (!live) {
          return 'deleted';
        }
      }
      return yield* adapt(
        driverLog(clusters.client(ref.cluster), ref, {
          follow,
          previous,
          signal,
          tailLines: start.tailLines,
          cursor: start.cursor ? decodeLogCursor(start.cursor) : undefined,
        }),
      );
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
      .jobs.podsOf(job.namespace, job.name)
      .find(candidate => candidate.metadata.name === pod);
    if (!own?.spec?.containers?.some(({ name }) => name === container)) {
      throw new NotFoundError(
        `${job.name} has no container ${container} in a pod ${pod}; it may be gone`,
      );
    }
    return ({ follow, start, signal }) =>
      adapt(
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
