import type { JobDetail } from '@ml-platform/backstage-plugin-ray-common';
import { isTerminal } from '@ml-platform/rayjob';

import { stateLook } from '../states/stateLook';
import { foreignText } from '../foreign/foreignText';
import { syncStage } from '../sync/syncStage';

export type StageStatus = 'done' | 'current' | 'failed';

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

/** A stage without a status if the run hasn't come to it. */
type PossibleStage = Omit<Stage, 'status'> & {
  readonly status: StageStatus | undefined;
};

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

/**
 * The stages of a run, as far as they are known. A job that isn't from git has no
 * stages in git, and a job without a queue doesn't wait in one. A job that failed
 * before its entrypoint ran failed while it started. Only the stages that the job came
 * to: one that was stopped in its queue has started no cluster.
 *
 * @param told - whether the page says above what the job waits for
 */
export function timelineStages(
  detail: JobDetail,
  told = false,
): readonly Stage[] {
  const { summary, gitops, attempts, live, pods, sync } = detail;
  const { state, createdAt, startedAt, endedAt, message } = summary;
  const place = placeOf(detail);
  const mergedAt = gitops?.mergedAt ?? summary.gitops?.mergedAt;
  const note = told ? undefined : foreignText(message);
  const position = summary.queue?.position
    ? `Position ${summary.queue.position} in ${foreignText(summary.queue.name)}`
    : undefined;
  const at = ORDER.indexOf(place);
  const ended = isTerminal(state);
  const failed = state === 'failed';
  const neverRan = ended && !startedAt;
  const attempt = attempts[attempts.length - 1];
  const clusterFrom = attempt?.startedAt ?? (live ? createdAt : undefined);
  // KubeRay gives every run a Ray cluster, and takes its name back to suspend the job.
  const neverStarted =
    neverRan && !failed && !attempt?.rayCluster && pods.length === 0;
  const reached = (stage: Place) => at >= ORDER.indexOf(stage);

  const status = (stage: Place): StageStatus | undefined => {
    const index = ORDER.indexOf(stage);
    if (index === at) {
      return ended ? 'done' : 'current';
    }
    return index < at ? 'done' : undefined;
  };

  const startStatus = () => {
    if (neverStarted) {
      return undefined;
    }
    return neverRan && failed ? 'failed' : status('start');
  };

  // The row of a job that only git has isn't that of an object.
  const synced = live || ended ? createdAt : undefined;
  const syncing = place === 'sync' && sync ? syncStage(sync) : undefined;
  const git: PossibleStage[] = [
    {
      id: 'merge',
      title: 'Pull request',
      status: status('merge'),
      from: place === 'merge' ? createdAt : undefined,
      to: place === 'merge' ? undefined : mergedAt,
      note: place === 'merge' ? undefined : 'Merged',
    },
    {
      id: 'sync',
      title: 'Sync',
      status: syncing?.failed ? 'failed' : status('sync'),
      from: place === 'sync' ? (mergedAt ?? createdAt) : synced && mergedAt,
      to: synced,
      note: syncing?.note,
    },
  ];
  const queueTo = neverStarted ? endedAt : clusterFrom;
  const queue: PossibleStage = {
    id: 'queue',
    title: 'Queue',
    status: status('queue'),
    from: reached('queue') ? createdAt : undefined,
    to: place === 'queue' ? undefined : queueTo,
    note: place === 'queue' ? (position ?? note) : undefined,
  };
  const cluster: PossibleStage[] = [
    ...(summary.queue ? [queue] : []),
    {
      id: 'start',
      title: 'Cluster starting',
      status: startStatus(),
      // KubeRay counts from when it first sees the job, even if it is suspended.
      from: reached('start') ? clusterFrom : undefined,
      to: startedAt ?? (ended ? endedAt : undefined),
      note: place === 'start' ? note : undefined,
    },
    {
      id: 'run',
      title: 'Running',
      status: neverRan ? undefined : status('run'),
      from: startedAt,
      to: endedAt,
    },
    {
      id: 'end',
      title: ended ? stateLook(state).label : 'Ended',
      status: failed ? 'failed' : status('end'),
      from: endedAt,
      to: endedAt,
    },
  ];
  const stages = (gitops ?? summary.gitops) ? [...git, ...cluster] : cluster;
  return stages.flatMap(({ status: is, ...stage }) =>
    is ? [{ ...stage, status: is }] : [],
  );
}
