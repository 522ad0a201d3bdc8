import type { Pod } from '../objects/kubernetes';
import { RAY_LABEL_NODE_TYPE } from '../objects/rayLabels';
import { containerProblem, type Told } from './containerProblem';
import { disruption } from './disruption';
import { evicted } from './memoryProblem';
import { namedPods } from './podNames';
import { plainText, shorten } from './plainText';
import { CONTAINER_FAILED, CRASHES } from './rootCauses';
import { unschedulable } from './unschedulable';

/** Why a pod does not run as it should. */
export interface PodProblem {
  /** CamelCase reason as the kubelet or scheduler gives it. */
  readonly reason: string;
  /** A sentence for people. */
  readonly message: string;
}

const LONGEST_MESSAGE = 300;

const sentence = (text: string) => shorten(plainText(text), LONGEST_MESSAGE);

function* problemsOf(pod: Pod): Generator<Told> {
  const { conditions, reason, message = '' } = pod.status ?? {};
  const unscheduled = conditions?.find(
    condition =>
      condition.type === 'PodScheduled' &&
      condition.status === 'False' &&
      condition.reason === 'Unschedulable',
  );
  if (unscheduled) {
    yield ['Unschedulable', unschedulable(pod, unscheduled.message ?? '')];
  }
  if (reason === 'Evicted') {
    yield ['Evicted', evicted(message)];
  }
  const taken = disruption(pod);
  if (taken) {
    yield taken;
  }
  for (const status of [
    ...(pod.status?.initContainerStatuses ?? []),
    ...(pod.status?.containerStatuses ?? []),
  ]) {
    const problem = containerProblem(pod, status);
    if (problem) {
      yield problem;
    }
  }
}

/**
 * What is wrong first with each pod, for as long as somebody holds the pod: of
 * thousands that are judged together, most have not changed since the last time.
 */
const known = new WeakMap<Pod, { readonly first: Told | undefined }>();

function firstProblem(pod: Pod): Told | undefined {
  let found = known.get(pod);
  if (!found) {
    const [first] = problemsOf(pod);
    found = { first };
    known.set(pod, found);
  }
  return found.first;
}

/**
 * What keeps a pod from running: an image that can't be pulled, no node with
 * room, a container that doesn't start, ended, or was out of memory, a node that
 * went away. `undefined` for a pod that is well or merely starting.
 *
 * Source: Kubernetes' Pod lifecycle (container states, `PodScheduled`).
 */
export function podProblem(pod: Pod): PodProblem | undefined {
  const first = firstProblem(pod);
  return (
    first && {
      reason: first[0],
      message: sentence(first[1](pod.metadata.name)),
    }
  );
}

const isSubmitter = ({ metadata }: Pod) =>
  !metadata.labels?.[RAY_LABEL_NODE_TYPE];

/**
 * The pods that count: the last submitter, and none that is being removed, unless
 * what removes it is the problem.
 */
function currentPods(pods: readonly Pod[]): readonly Pod[] {
  const staying = pods.filter(
    pod =>
      pod.metadata.deletionTimestamp === undefined ||
      disruption(pod) !== undefined,
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

/** A container that ended says less than what ended it, maybe in another pod. */
const isEnding = (reason: string) =>
  reason === CONTAINER_FAILED || reason === CRASHES;

/**
 * The first problem among a job's pods, told once for all pods that have it.
 * While the entrypoint runs, and after it, the submitter's exit code is left out:
 * it repeats what the entrypoint did.
 */
export function podsProblem(
  pods: readonly Pod[],
  phase: 'starting' | 'entrypoint',
): PodProblem | undefined {
  const problems = currentPods(pods).flatMap(pod => {
    const problem = firstProblem(pod);
    const repeats =
      phase === 'entrypoint' &&
      isSubmitter(pod) &&
      problem !== undefined &&
      isEnding(problem[0]);
    return problem && !repeats ? [{ pod, problem }] : [];
  });
  const chosen =
    problems.find(({ problem: [reason] }) => !isEnding(reason)) ?? problems[0];
  if (!chosen) {
    return undefined;
  }
  const [reason, tell] = chosen.problem;
  const same = problems
    .filter(({ problem }) => problem[1]('') === tell(''))
    .map(({ pod }) => pod.metadata.name);
  return { reason, message: sentence(tell(namedPods(same))) };
}
