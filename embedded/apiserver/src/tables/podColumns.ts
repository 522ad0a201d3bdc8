import {
  asNumber,
  asObject,
  asObjects,
  asString,
  getPath,
  JsonObject,
} from '../model/json';
import { KubeObject } from '../model/KubeObject';
import { Column } from '../model/ResourceType';
import { age } from './age';
import { AGE, column, NAME, textAt, wide } from './columns';

/** The columns of `kubectl get pods` (k8s.io/kubernetes/pkg/printers). */
export const POD_COLUMNS: readonly Column[] = [
  NAME,
  column('Ready', ready),
  column('Status', podStatus),
  column('Restarts', restarts),
  AGE,
  column('IP', textAt('status.podIP', '<none>'), wide),
  column('Node', textAt('spec.nodeName', '<none>'), wide),
  column('Nominated Node', textAt('status.nominatedNodeName', '<none>'), wide),
  column('Readiness Gates', () => '<none>', wide),
];

function statuses(pod: KubeObject): JsonObject[] {
  return asObjects(getPath(pod, 'status.containerStatuses'));
}

function ready(pod: KubeObject): string {
  const count = statuses(pod).filter(
    one => one.ready === true && getPath(one, 'state.running'),
  ).length;
  return `${count}/${asObjects(getPath(pod, 'spec.containers')).length}`;
}

function restarts(pod: KubeObject, now: number): string {
  const all = [
    ...asObjects(getPath(pod, 'status.initContainerStatuses')),
    ...statuses(pod),
  ];
  const count = all.reduce(
    (sum, one) => sum + (asNumber(one.restartCount) ?? 0),
    0,
  );
  const last = all
    .map(one => asString(getPath(one, 'lastState.terminated.finishedAt')))
    .filter(one => one !== undefined)
    .sort()
    .at(-1);
  return count > 0 && last ? `${count} (${age(last, now)} ago)` : `${count}`;
}

/** The word that says best how the pod is. */
export function podStatus(pod: KubeObject): string {
  const reason = initReason(pod) ?? containersReason(pod);
  if (pod.metadata.deletionTimestamp) {
    return getPath(pod, 'status.reason') === 'NodeLost'
      ? 'Unknown'
      : 'Terminating';
  }
  return reason;
}

function initReason(pod: KubeObject): string | undefined {
  const all = asObjects(getPath(pod, 'status.initContainerStatuses'));
  const total = asObjects(getPath(pod, 'spec.initContainers')).length;
  for (const [i, one] of all.entries()) {
    const terminated = asObject(getPath(one, 'state.terminated'));
    const waiting = asString(getPath(one, 'state.waiting.reason'));
    if (terminated && terminated.exitCode !== 0) {
      return `Init:${terminatedReason(terminated)}`;
    }
    if (waiting && waiting !== 'PodInitializing') {
      return `Init:${waiting}`;
    }
    if (!terminated) {
      return `Init:${i}/${total}`;
    }
  }
  return undefined;
}

function containersReason(pod: KubeObject): string {
  const phase = asString(getPath(pod, 'status.phase')) ?? 'Unknown';
  let reason = asString(getPath(pod, 'status.reason')) || phase;
  let running = false;
  for (const one of statuses(pod).reverse()) {
    const terminated = asObject(getPath(one, 'state.terminated'));
    const waiting = asString(getPath(one, 'state.waiting.reason'));
    if (waiting) {
      reason = waiting;
    } else if (terminated) {
      reason = terminatedReason(terminated);
    } else if (one.ready === true && getPath(one, 'state.running')) {
      running = true;
    }
  }
  if (reason === 'Completed' && running) {
    return 'Running';
  }
  return reason;
}

function terminatedReason(terminated: JsonObject): string {
  return (
    asString(terminated.reason) ||
    (terminated.signal
      ? `Signal:${terminated.signal}`
      : `ExitCode:${terminated.exitCode}`)
  );
}
