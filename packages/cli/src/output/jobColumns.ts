import {
  describeBytes,
  formatCpu,
  jobDuration,
  type JobState,
  type JobSummary,
} from '@ml-platform/rayjob';
import type { Style } from '../terminal/style';
import type { Column } from './table';
import { age, duration } from './time';

const STATE_STYLES: Readonly<Partial<Record<JobState, Style>>> = {
  running: 'blue',
  succeeded: 'green',
  failed: 'red',
  stopped: 'gray',
  pending: 'yellow',
  queued: 'yellow',
  retrying: 'yellow',
};

type Paint = (style: Style, text: string) => string;

/** A state in its colour. */
export function paintState(state: JobState, paint: Paint): string {
  const style = STATE_STYLES[state];
  return style ? paint(style, state) : state;
}

/** `user:default/ada` as `ada`. */
export function shortOwner(owner: string | undefined): string {
  return owner?.replace(/^user:default\//, '') ?? '';
}

function took(job: JobSummary, now: Date): string {
  const ms = jobDuration(job, now.getTime());
  return ms < 0 ? '' : duration(ms);
}

/** The columns of a list of jobs; `wide` for all there are. */
export function jobColumns(options: {
  readonly now: Date;
  readonly paint: Paint;
  /** With the namespace, and the cluster where there are several. */
  readonly places: boolean;
  readonly clusters: boolean;
  readonly wide: boolean;
}): readonly Column<JobSummary>[] {
  const { now, paint, places, clusters, wide } = options;
  const cluster: Column<JobSummary> = {
    title: 'CLUSTER',
    value: job => job.cluster,
    rank: 2,
  };
  const namespace: Column<JobSummary> = {
    title: 'NAMESPACE',
    value: job => job.namespace,
    rank: 1,
  };
  const more: readonly Column<JobSummary>[] = [
    { title: 'OWNER', value: job => shortOwner(job.owner) },
    { title: 'ATTEMPT', value: job => String(job.attempt) },
    { title: 'CPU', value: job => formatCpu(job.resources.cpu) },
    { title: 'MEMORY', value: job => describeBytes(job.resources.memory) },
    { title: 'GPU', value: job => String(job.resources.gpu) },
    { title: 'IMAGE', value: job => job.image ?? '' },
  ];
  return [
    ...(clusters ? [cluster] : []),
    ...(places ? [namespace] : []),
    { title: 'NAME', value: job => job.name },
    {
      title: 'STATE',
      value: job => job.state,
      paint: (_, job) => paintState(job.state, paint),
    },
    { title: 'WORKLOAD', value: job => job.workload ?? '', rank: 4 },
    { title: 'VERSION', value: job => job.version ?? '', rank: 5 },
    {
      title: 'WORKERS',
      value: ({ workers }) => `${workers.ready}/${workers.desired}`,
      rank: 3,
    },
    { title: 'DURATION', value: job => took(job, now), rank: 2 },
    { title: 'AGE', value: job => age(job.createdAt, now) },
    ...(wide ? more : []),
    {
      title: 'MESSAGE',
      value: job => job.message ?? job.reason ?? '',
      rank: 6,
    },
  ];
}
