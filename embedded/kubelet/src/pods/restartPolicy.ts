import type { Container } from '@ml-platform/embedded-controller-runtime';

/**
 * Whether a container that has ended starts again. An init container that ended
 * well never does, unless it is a sidecar.
 */
export function startsAgain(options: {
  readonly container: Container;
  readonly init: boolean;
  /** Of the pod. */
  readonly policy: string | undefined;
  readonly exitCode: number;
}): boolean {
  const { container, init, policy = 'Always', exitCode } = options;
  if (container.restartPolicy === 'Always') {
    return true;
  }
  return policy === 'OnFailure' || (init && policy === 'Always')
    ? exitCode !== 0
    : policy === 'Always';
}
