import {
  engineFailure,
  type EngineAction,
  type FailureAdvice,
} from '../engine/engineFailure';
import { SCRIPT_FAILURES } from './buildScript';
import type { BuildPod } from './buildJobTypes';

const IN_A_POD: FailureAdvice = {
  full: 'make the image smaller, or raise ephemeral-storage in ray.builder.kubernetes.resources',
  refused:
    'give its pods the right by ray.builder.kubernetes.registrySecret, or by the roles of their service account with googleIdentity',
};

const ACTIONS: ReadonlyMap<number, EngineAction> = new Map([
  [SCRIPT_FAILURES.build, 'build'],
  [SCRIPT_FAILURES.push, 'push'],
  [SCRIPT_FAILURES.look, 'look'],
]);

/** Why the pod of a build ended badly, with what to do. */
export function podFailure(pod: BuildPod): string | undefined {
  const { reason, message, containerStatuses = [] } = pod.status ?? {};
  const { terminated } = containerStatuses[0]?.state ?? {};
  if (reason === 'Evicted') {
    return `The node evicted the pod of the build: ${message ?? 'it gives no reason'}. If its disk was full, make the image smaller, or raise ephemeral-storage in ray.builder.kubernetes.resources`;
  }
  if (terminated?.reason === 'OOMKilled') {
    return 'The pod of the build ran out of memory; raise memory in ray.builder.kubernetes.resources';
  }
  if (!terminated) {
    return undefined;
  }
  const said = terminated.message ?? '';
  const action = ACTIONS.get(terminated.exitCode);
  if (action) {
    return engineFailure('buildah', action, said, IN_A_POD).message;
  }
  return (
    said.trim() || `The pod of the build ended with code ${terminated.exitCode}`
  );
}
