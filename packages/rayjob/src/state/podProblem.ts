import type { ContainerStatus, Pod } from '../objects/kubernetes';
import { RAY_LABEL_NODE_TYPE } from '../objects/rayLabels';
import { describeExit } from './exitCodes';
import { plainText, shorten } from './plainText';

/** Why a pod does not run as it should. */
export interface PodProblem {
  /** CamelCase reason as the kubelet or scheduler gives it. */
  readonly reason: string;
  /** A sentence for people. */
  readonly message: string;
  readonly pod: string;
}

const IMAGE_REASONS = new Set([
  'ImagePullBackOff',
  'ErrImagePull',
  'ErrImageNeverPull',
  'InvalidImageName',
  'ImageInspectError',
  'RegistryUnavailable',
]);

const START_REASONS = new Set([
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'StartError',
  'ContainerCannotRun',
]);

const CRASHES = 'CrashLoopBackOff';
const OUT_OF_MEMORY = 'OOMKilled';

/** Reasons of problems that end a job, unlike what KubeRay says in general. */
const ROOT_CAUSES: ReadonlySet<string> = new Set([
  ...IMAGE_REASONS,
  ...START_REASONS,
  CRASHES,
  OUT_OF_MEMORY,
  'ContainerFailed',
  'Evicted',
  'RayUnreachable',
  'SubmitterEnded',
  'Unschedulable',
  'WaitingForRayCluster',
]);

/** True for the reason of a problem that explains a failure after it. */
export function isRootCause(reason: string | undefined): boolean {
  return reason !== undefined && ROOT_CAUSES.has(reason);
}

const LONGEST_MESSAGE = 300;

// The kubelet takes turns between trying and waiting; the cause stays the same.
const BACK_OFF = /^Back-off pulling image "[^"]*": \w+: /;
const RPC = /^rpc error: code = \w+ desc = /;

const sentence = (text: string) => shorten(plainText(text), LONGEST_MESSAGE);

/** Times in words, for a container that was started more than once. */
function restarts(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

/** How a container ended last, whether or not it runs again by now. */
function ending(status: ContainerStatus, where: string): string | undefined {
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
  return `${where} ended with ${describeExit(ended.exitCode)}${reason}${again}${message}`;
}

function imageProblem(pod: string, status: ContainerStatus) {
  const { message, reason = '' } = status.state?.waiting ?? {};
  const cause = message?.replace(BACK_OFF, '').replace(RPC, '') || reason;
  return `The image ${status.image ?? ''} of ${pod} can't be pulled: ${cause}`;
}

/** Reason and sentence of what is wrong with one container, if anything. */
function containerProblem(
  pod: string,
  status: ContainerStatus,
): readonly [reason: string, message: string] | undefined {
  const where = `Container ${status.name} of ${pod}`;
  const { waiting, terminated } = status.state ?? {};
  const reason = waiting?.reason ?? '';
  if (IMAGE_REASONS.has(reason)) {
    return [reason, imageProblem(pod, status)];
  }
  const last = terminated ?? status.lastState?.terminated;
  if (
    [terminated, status.lastState?.terminated].some(
      one => one?.reason === OUT_OF_MEMORY,
    )
  ) {
    return [
      OUT_OF_MEMORY,
      `${where} was killed because it was out of memory; ask for more memory`,
    ];
  }
  const startReason = [reason, last?.reason ?? ''].find(one =>
    START_REASONS.has(one),
  );
  if (startReason) {
    const cause = waiting?.message || last?.message || startReason;
    return [startReason, `${where} can't start: ${cause}`];
  }
  // Between two tries it waits, starts and ends in turn: one problem, not three.
  const crashes = reason === CRASHES || (status.restartCount ?? 0) > 0;
  const failed = last !== undefined && last.exitCode !== 0;
  if (crashes && !status.ready && (failed || reason === CRASHES)) {
    return [
      CRASHES,
      ending(status, where) ??
        `${where} ends again and again: ${waiting?.message ?? CRASHES}`,
    ];
  }
  if (terminated && failed) {
    return ['ContainerFailed', ending(status, where) ?? where];
  }
  return undefined;
}

function* problemsOf(
  pod: Pod,
): Generator<readonly [reason: string, message: string]> {
  const { name } = pod.metadata;
  const { conditions, reason, message } = pod.status ?? {};
  const unscheduled = conditions?.find(
    condition =>
      condition.type === 'PodScheduled' &&
      condition.status === 'False' &&
      condition.reason === 'Unschedulable',
  );
  if (unscheduled) {
    yield [
      'Unschedulable',
      `No node has room for ${name}: ${unscheduled.message ?? ''}`,
    ];
  }
  if (reason === 'Evicted') {
    yield ['Evicted', `${name} was evicted: ${message ?? ''}`];
  }
  for (const status of [
    ...(pod.status?.initContainerStatuses ?? []),
    ...(pod.status?.containerStatuses ?? []),
  ]) {
    const problem = containerProblem(name, status);
    if (problem) {
      yield problem;
    }
  }
}

/**
 * What keeps a pod from running: an image that can't be pulled, no node with
 * room, a container that doesn't start, ended, or was out of memory. `undefined`
 * for a pod that is well or merely starting.
 *
 * Source: Kubernetes' Pod lifecycle (container states, `PodScheduled`).
 */
export function podProblem(pod: Pod): PodProblem | undefined {
  const [first] = problemsOf(pod);
  return (
    first && {
      reason: first[0],
      message: sentence(first[1]),
      pod: pod.metadata.name,
    }
  );
}

const isSubmitter = ({ metadata }: Pod) =>
  !metadata.labels?.[RAY_LABEL_NODE_TYPE];

/** The pods that count: none that is being removed, and the last submitter. */
function currentPods(pods: readonly Pod[]): readonly Pod[] {
  const staying = pods.filter(
    ({ metadata }) => metadata.deletionTimestamp === undefined,
  );
  const [last] = staying
    .filter(isSubmitter)
    .map(({ metadata }) => metadata.creationTimestamp ?? '')
    .sort()
    .reverse();
  return staying.filter(
    pod => !isSubmitter(pod) || (pod.metadata.creationTimestamp ?? '') === last,
  );
}

/**
 * The first problem among a job's pods. While the entrypoint runs, and after
 * it, the submitter's exit code is left out: it repeats what the entrypoint did.
 */
export function podsProblem(
  pods: readonly Pod[],
  phase: 'starting' | 'entrypoint',
): PodProblem | undefined {
  return currentPods(pods)
    .flatMap(pod => {
      const problem = podProblem(pod);
      const repeats =
        phase === 'entrypoint' &&
        isSubmitter(pod) &&
        (problem?.reason === 'ContainerFailed' || problem?.reason === CRASHES);
      return problem && !repeats ? [problem] : [];
    })
    .at(0);
}
