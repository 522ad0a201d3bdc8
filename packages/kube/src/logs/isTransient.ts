import { InputError, NotFoundError } from '@backstage/errors';
import { IdleError, StreamBrokenError } from '../http/lines';

/** True for a failure to read a container's log that another try may cure. */
export function isTransient(error: unknown): boolean {
  return (
    error instanceof IdleError ||
    error instanceof StreamBrokenError ||
    // The kubelet has not made the log yet, or just removed the container.
    error instanceof InputError ||
    error instanceof NotFoundError ||
    (error instanceof Error &&
      ['ServiceUnavailableError', 'KubernetesError'].includes(error.name))
  );
}
