import { NotFoundError } from '@backstage/errors';
import type { KubeClient } from '../http/KubeClient';
import { PODS, resourcePath } from '../http/resources';

/** What decides whether more can come in a log. */
export type ContainerReading =
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'waiting';
      readonly podUid: string;
      readonly restartCount: number;
      readonly message: string;
    }
  | {
      readonly kind: 'running';
      readonly podUid: string;
      readonly restartCount: number;
    }
  | {
      readonly kind: 'terminated';
      readonly podUid: string;
      readonly restartCount: number;
      /** False when the kubelet will start the container again. */
      readonly final: boolean;
    };

export interface ContainerRef {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

interface ContainerStatus {
  readonly name: string;
  readonly restartCount?: number;
  readonly state?: {
    readonly waiting?: { readonly reason?: string };
    readonly running?: object;
    readonly terminated?: { readonly exitCode: number };
  };
}

/** What is read of a Pod here. */
interface Pod {
  readonly metadata: {
    readonly uid?: string;
    readonly deletionTimestamp?: string;
  };
  readonly spec?: { readonly restartPolicy?: string };
  readonly status?: {
    readonly phase?: string;
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
  };
}

function willRestart(pod: Pod, exitCode: number): boolean {
  const phase = pod.status?.phase;
  if (phase === 'Succeeded' || phase === 'Failed') {
    return false;
  }
  if (pod.metadata.deletionTimestamp) {
    return false;
  }
  const policy = pod.spec?.restartPolicy ?? 'Always';
  return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0);
}

/** Reads the state of one container; `absent` when there is no such pod. */
export async function readContainer(
  client: KubeClient,
  ref: ContainerRef,
  signal?: AbortSignal,
): Promise<ContainerReading> {
  let pod: Pod;
  try {
    pod = await client.json<Pod>({
      path: resourcePath(PODS, ref.namespace, ref.pod),
      signal,
    });
  } catch (error) {
    if (error instanceof NotFoundError) {
      return { kind: 'absent' };
    }
    throw error;
  }
  const podUid = pod.metadata.uid ?? '';
  const status = [
    ...(pod.status?.containerStatuses ?? []),
    ...(pod.status?.initContainerStatuses ?? []),
  ].find(candidate => candidate.name === ref.container);
  const restartCount = status?.restartCount ?? 0;
  const { running, terminated, waiting } = status?.state ?? {};
  if (running) {
    return { kind: 'running', podUid, restartCount };
  }
  if (terminated) {
    const final = !willRestart(pod, terminated.exitCode);
    return { kind: 'terminated', podUid, restartCount, final };
  }
  const phase = pod.status?.phase;
  if (phase === 'Succeeded' || phase === 'Failed') {
    return { kind: 'terminated', podUid, restartCount, final: true };
  }
  return {
    kind: 'waiting',
    podUid,
    restartCount,
    message: waiting?.reason
      ? `${ref.pod} waits: ${waiting.reason}`
      : `${ref.pod} waits for a node`,
  };
}
