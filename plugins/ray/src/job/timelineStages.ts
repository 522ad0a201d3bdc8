import type { JobDetail } from '@ml-platform/backstage-plugin-ray-common';
import { isTerminal, type JobSummary } from '@ml-platform/rayjob';

import { stateLook } from '../states/stateLook';
import { foreignText } from '../foreign/foreignText';

export type StageStatus = 'done' | 'current' | 'todo' | 'failed';

/** One step in the life of a run. Times are ISO 8601. */
export interface Stage {
  readonly id: 'merge' | 'sync' | 'queue' | 'start' | 'run' | 'end';
  readonly title: string;
  readonly status: StageStatus;
  readonly from?: string;
  readonly to?: string;
  /** What is happening, or what the result was. */
  readonly note?: string;
}

const ORDER = ['merge', 'sync', 'queue', 'start', 'run', 'end'] as const;
type Place = (typeof ORDER)[number];

/** The stage that a job is in, from its state. */
function placeOf({ summary }: JobDetail): Place {
  switch (summary.state) {
    case 'awaiting-merge':
      return 'merge';
    case 'awaiting-sync':
      return 'sync';
    case 'queued':
    case 'suspended':
      return summary.queue ? 'queue' : 'start';
    case 'running':
      return 'run';
    default:
      return isTerminal(summary.state) ? 'end' : 'start';
  }
}

/** The notice above says what the job waits for, so the position is enough here. */
function queueNote({ queue, message }: JobSummary): string | undefined {
  return queue?.position
    ? `Position ${queue.position} in ${foreignText(queue.name)}`
    : foreignText(message);
}

/**
 * The stages of a run, as far as they are known. A job that isn't from git has no
 * stages in git, and a job without a queue doesn't wait in one. A job that failed
 * before its entrypoint ran failed while it started.
 */
export function timelineStages(detail: JobDetail): readonly Stage[] {
  const { summary, gitops, attempts, live } = detail;
  const { state, createdAt, startedAt, endedAt, message } = summary;
  const place = placeOf(detail);
  const at = ORDER.indexOf(place);
  const ended = isTerminal(state);
  const failed = state === 'failed';
  const neverRan = ended && !startedAt;
  const attempt = attempts[attempts.length - 1];
  const clusterFrom = attempt?.startedAt ?? (live ? createdAt : undefined);
  const reached = (stage: Place) => at >= ORDER.indexOf(stage);

  const status = (stage: Place): StageStatus => {
    const index = ORDER.indexOf(stage);
    if (index === at) {
      return ended ? 'done' : 'current';
    }
    return index < at ? 'done' : 'todo';
  };

  const git: Stage[] = [
    {
      id: 'merge',
      title: 'Pull request',
      status: status('merge'),
      from: place === 'merge' ? createdAt : undefined,
      note: place === 'merge' ? 'Waiting to be merged' : 'Merged',
    },
    {
      id: 'sync',
      title: 'Sync',
      status: status('sync'),
      from: place === 'sync' ? createdAt : undefined,
      to: live ? createdAt : undefined,
      note: place === 'sync' ? 'Waiting for the next sync' : undefined,
    },
  ];
  const queue: Stage = {
    id: 'queue',
    title: 'Queue',
    status: status('queue'),
    from: reached('queue') ? createdAt : undefined,
    to: place === 'queue' ? undefined : clusterFrom,
    note: place === 'queue' ? queueNote(summary) : undefined,
  };
  const cluster: Stage[] = [
    ...(summary.queue ? [queue] : []),
    {
      id: 'start',
      title: 'Cluster starting',
      status: neverRan && failed ? 'failed' : status('start'),
      // KubeRay counts from when it first sees the job, even if it is suspended.
      from: reached('start') ? clusterFrom : undefined,
      to: startedAt ?? (ended ? endedAt : undefined),
      note: place === 'start' ? foreignText(message) : undefined,
    },
    {
      id: 'run',
      title: 'Running',
      status: neverRan ? 'todo' : status('run'),
      from: startedAt,
      to: endedAt,
      note: place === 'run' ? foreignText(message) : undefined,
    },
    {
      id: 'end',
      title: ended ? stateLook(state).label : 'Ended',
      status: failed ? 'failed' : status('end'),
      from: endedAt,
      to: endedAt,
    },
  ];
  return (gitops ?? summary.gitops) ? [...git, ...cluster] : cluster;
}
