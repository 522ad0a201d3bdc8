import type { ContainerStatus, Pod } from '../objects/kubernetes';
import { describeExit } from './exitCodes';
import { imageProblem } from './imageProblem';
import { outOfMemory } from './memoryProblem';
import {
  CONTAINER_FAILED,
  CRASHES,
  IMAGE_REASONS,
  OUT_OF_MEMORY,
  START_REASONS,
} from './rootCauses';

/** Reason of a problem, and its sentence for the pods that have it. */
export type Told = readonly [reason: string, tell: (where: string) => string];

/** Times in words, for a container that was started more than once. */
function restarts(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

/** How a container ended last, whether or not it runs again by now. */
function ending(status: ContainerStatus): string | undefined {
  const ended = status.state?.terminated ?? status.lastState?.terminated;
  if (!ended) {
    return undefined;
  }
  const reason =
    ended.reason && ended.reason !== 'Error' && ended.reason !== 'Completed'
      ? `, ${ended.reason}`
      : '';
  const again = status.restartCount
    ? `; it was started again ${restarts(status.restartCount)}`
    : '';
  const message = ended.message ? `: ${ended.message}` : '';
  return `ended with ${describeExit(ended.exitCode)}${reason}${again}${message}`;
}

/** Reason and sentence of what is wrong with one container, if anything. */
export function containerProblem(
  pod: Pod,
  status: ContainerStatus,
): Told | undefined {
  const told = (reason: string, what: string): Told => [
    reason,
    where => `Container ${status.name} of ${where} ${what}`,
  ];
  const { waiting, terminated } = status.state ?? {};
  const reason = waiting?.reason ?? '';
  if (IMAGE_REASONS.has(reason)) {
    return [reason, imageProblem(status)];
  }
  const before = status.lastState?.terminated;
  const last = terminated ?? before;
  if ([terminated, before].some(one => one?.reason === OUT_OF_MEMORY)) {
    return [OUT_OF_MEMORY, outOfMemory(pod, status)];
  }
  const startReason = [reason, last?.reason ?? ''].find(one =>
    START_REASONS.has(one),
  );
  if (startReason) {
    const cause = waiting?.message || last?.message || startReason;
    return told(startReason, `can't start: ${cause}`);
  }
  // Between two tries it waits, starts and ends in turn: one problem, not three.
  const crashes = reason === CRASHES || (status.restartCount ?? 0) > 0;
  const failed = last !== undefined && last.exitCode !== 0;
  if (crashes && !status.ready && (failed || reason === CRASHES)) {
    return told(
      CRASHES,
      ending(status) ?? `ends again and again: ${waiting?.message ?? CRASHES}`,
    );
  }
  return terminated && failed
    ? told(CONTAINER_FAILED, ending(status) ?? 'ended')
    : undefined;
}
