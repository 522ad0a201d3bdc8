import { InputError } from '@backstage/errors';
import type { ContainerStatus } from '@ml-platform/embedded-controller-runtime';

/**
 * Which attempt's log is meant, by kubelet's rules.
 *
 * @throws {InputError} when there is none yet, in kubelet's words
 */
export function attemptToRead(options: {
  readonly pod: string;
  readonly container: string;
  readonly status: ContainerStatus | undefined;
  readonly previous: boolean;
}): number {
  const { pod, container, status, previous } = options;
  const where = `container "${container}" in pod "${pod}"`;
  if (!status) {
    throw new InputError(`${where} is not available`);
  }
  const { state = {}, lastState = {}, restartCount } = status;
  if (previous) {
    if (!lastState.terminated) {
      throw new InputError(`previous terminated ${where} not found`);
    }
    // While it waits to be started again, the last attempt is the previous one.
    return state.waiting ? restartCount : restartCount - 1;
  }
  if (state.running || state.terminated || lastState.terminated) {
    return restartCount;
  }
  switch (state.waiting?.reason) {
    case 'ErrImagePull':
      throw new InputError(
        `${where} is waiting to start: image can't be pulled`,
      );
    case 'ImagePullBackOff':
      throw new InputError(
        `${where} is waiting to start: trying and failing to pull image`,
      );
    default:
      throw new InputError(
        `${where} is waiting to start: ${state.waiting?.reason ?? 'ContainerCreating'}`,
      );
  }
}
