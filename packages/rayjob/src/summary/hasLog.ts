import type { JobPod, JobSummary, LogSource } from './types';

/** The parts of a job's details that tell whether it has a log. */
interface Readable {
  readonly summary: Pick<JobSummary, 'startedAt'>;
  readonly pods: readonly JobPod[];
  readonly logSources: readonly LogSource[];
}

/**
 * Whether a job has a log that can be read: its program ran in this attempt or an
 * earlier one, or a container that is still there was started.
 */
export function hasLog({ summary, pods, logSources }: Readable): boolean {
  const sources = new Set(logSources.map(({ id }) => id));
  return (
    summary.startedAt !== undefined ||
    logSources.some(({ id }) => id.startsWith('driver/')) ||
    pods.some(pod =>
      pod.containers.some(
        ({ name, state, restartCount }) =>
          (state !== 'waiting' || restartCount > 0) &&
          (pod.role === 'submitter' || sources.has(`pod/${pod.name}/${name}`)),
      ),
    )
  );
}

/** Id of the log of the container whose end is what is wrong with a job, if any. */
export function troubledLog(
  { pods, logSources }: Omit<Readable, 'summary'>,
  reason: string | undefined,
): string | undefined {
  const ids = pods
    .filter(pod => pod.reason !== undefined && pod.reason === reason)
    .flatMap(pod =>
      pod.containers
        .filter(({ exitCode, restartCount }) => exitCode || restartCount > 0)
        .map(({ name }) => `pod/${pod.name}/${name}`),
    );
  return ids.find(id => logSources.some(source => source.id === id));
}
