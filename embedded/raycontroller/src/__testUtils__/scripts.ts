import { changesOf, type RecordedEvent, type Recording } from './recordings';
import type { JobStatus, RayJobStatus } from '../crd/rayJob';
import type { Pod } from '../kube/objects';
import type { AttemptScript } from './FakeNode';

/** What {@link FakeNode} has to play so that the recorded attempts come again. */
export function attemptScripts(from: Recording): AttemptScript[] {
  const clusters = unique(
    changesOf(from, 'RayCluster').map(({ object }) => object.metadata.name),
  );
  const jobs = jobStatuses(from);
  return clusters.map((cluster, index) => ({
    head: podStatuses(from, `${cluster}-head-`),
    worker: podStatuses(from, `${cluster}-workers-worker-`),
    job: jobs[index] ?? ['RUNNING'],
  }));
}

/** Deployment status, job status and reason, as they changed. */
export function transitions(
  statuses: readonly (RayJobStatus | undefined)[],
): string[] {
  const states = statuses.map(status =>
    [
      status?.jobDeploymentStatus || '-',
      status?.jobStatus || '-',
      status?.reason || '-',
    ].join(' '),
  );
  return states.filter((state, index) => state !== states[index - 1]);
}

/** The transitions of the recorded job, up to its deletion. */
export function recordedTransitions(from: Recording): string[] {
  return transitions(
    changesOf(from, 'RayJob')
      .filter(({ type }) => type !== 'DELETED')
      .map(({ object }) => object.status),
  );
}

/** Names without the part that is made up anew each time. */
function withoutSuffixes(text: string): string {
  return text.replace(/-[b-df-hj-np-tv-z2456789]{5}(?![\w])/g, '-*');
}

/** What the controllers told, a line each; a repeat of an event counts once. */
export function eventLines(
  events: readonly RecordedEvent[],
  controller?: string,
): string[] {
  const lines = events
    .filter(
      event =>
        event.reportingComponent?.startsWith('ray') &&
        (!controller || event.reportingComponent === controller),
    )
    .map(({ type, reason, action, message, involvedObject }) =>
      withoutSuffixes(
        `${type} ${reason} ${action} ${involvedObject.kind}/${involvedObject.name}: ${message}`,
      ),
    );
  return lines.filter((line, index) => line !== lines[index - 1]);
}

function podStatuses(from: Recording, prefix: string): Pod['status'][] {
  const changes = changesOf(from, 'Pod').filter(({ object }) =>
    object.metadata.name.startsWith(prefix),
  );
  const leaving = changes.findIndex(
    ({ type, object }) =>
      type === 'DELETED' || object.metadata.deletionTimestamp,
  );
  return changes
    .slice(0, leaving === -1 ? undefined : leaving)
    .map(({ object }) => object.status)
    .filter(status => status?.conditions)
    .filter(
      // How a container ends comes about in the replay, at its own time.
      status =>
        !status?.containerStatuses?.some(({ state }) => state?.terminated),
    );
}

/** Ray's words of each attempt's job. */
function jobStatuses(from: Recording): JobStatus[][] {
  const attempts = new Map<string, JobStatus[]>();
  for (const { object } of changesOf(from, 'RayJob')) {
    const { jobId, jobStatus } = object.status ?? {};
    if (jobId && jobStatus) {
      const statuses = attempts.get(jobId) ?? [];
      attempts.set(
        jobId,
        statuses.at(-1) === jobStatus ? statuses : [...statuses, jobStatus],
      );
    }
  }
  return [...attempts.values()];
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
