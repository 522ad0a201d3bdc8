import { InputError, NotFoundError } from '@backstage/errors';
import { containerLogSource, type JobPod } from '@ml-platform/rayjob';
import type { JobDetail } from './jobViews';

const byName = new Intl.Collator('en', { numeric: true });

function podsOf(pods: readonly JobPod[], role: JobPod['role']): JobPod[] {
  return pods
    .filter(pod => pod.role === role)
    .sort((a, b) => byName.compare(a.name, b.name));
}

function sourceOf(pod: JobPod, role: string): string {
  // Sidecars come after what the role is named for.
  const container = pod.containers[0]?.name;
  if (!container) {
    throw new NotFoundError(`The pod ${pod.name} of ${role} has no container`);
  }
  return containerLogSource(pod.name, container);
}

/**
 * The id of a log by the words that people use: `driver`, `head`, `worker/2`,
 * `all`, or an id itself.
 *
 * @param attempt - from 1; only the driver's log is kept of earlier ones
 * @throws {NotFoundError} when the job has no such pod now
 * @throws {InputError} for words that name no log
 */
export function logSourceOf(
  { summary, pods }: Pick<JobDetail, 'summary' | 'pods'>,
  words = 'driver',
  attempt?: number,
): string {
  if (attempt !== undefined) {
    if (words !== 'driver') {
      throw new InputError(
        'Only the log of the driver is kept of each attempt; leave the source out, or the attempt',
      );
    }
    return `driver/${attempt}`;
  }
  if (/^(driver(\/\d+)?|all|pod\/.+)$/.test(words)) {
    return words;
  }
  if (words === 'head') {
    const [head] = podsOf(pods, 'head');
    if (!head) {
      throw new NotFoundError(`${summary.name} has no head at the moment`);
    }
    return sourceOf(head, 'the head');
  }
  const number = /^worker(?:\/(\d+))?$/.exec(words);
  if (!number) {
    throw new InputError(
      `There is no log '${words}'; use driver, head, worker/1, all, or pod/POD/CONTAINER`,
    );
  }
  const workers = podsOf(pods, 'worker');
  const worker = workers[Number(number[1] ?? 1) - 1];
  if (!worker) {
    throw new NotFoundError(
      workers.length > 0
        ? `${summary.name} has ${workers.length} workers at the moment; use worker/1 to worker/${workers.length}`
        : `${summary.name} has no workers at the moment`,
    );
  }
  return sourceOf(worker, 'the worker');
}
