import { ConflictError, NotAllowedError } from '@backstage/errors';
import { portForward, type PortForward } from '@ml-platform/kube';
import type { FoundService } from './serviceTypes';

/**
 * Lets a local port lead to a service, from pod to pod, until the signal aborts:
 * the port that is given, else the usual one, else any that is free.
 *
 * @throws {ConflictError} when the port that is given is taken
 * @throws {NotAllowedError} when this user may not listen on it
 */
export async function forwardService(
  { cluster, usualPort, target }: FoundService,
  options: {
    readonly port?: number;
    /** Local address to listen on; 127.0.0.1 by default. */
    readonly host?: string;
    readonly signal: AbortSignal;
    /** Is told in a sentence why a connection failed. */
    readonly onError: (message: string) => void;
  },
): Promise<PortForward> {
  const { access } = cluster;
  const { port = usualPort } = options;
  try {
    return await portForward({ ...options, access, target, port });
  } catch (error) {
    const isTaken =
      error instanceof ConflictError || error instanceof NotAllowedError;
    if (options.port !== undefined || !isTaken) {
      throw error;
    }
    return portForward({ ...options, access, target, port: 0 });
  }
}
