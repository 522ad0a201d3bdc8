import { once } from 'node:events';
import { connect, Socket } from 'node:net';
import { isError } from '@backstage/errors';
import { ForwardTarget } from './forwardTarget';

/**
 * Connects to a port of a pod.
 *
 * @throws {Error} when nothing listens there, in kubelet's words
 */
export async function dial(target: ForwardTarget): Promise<Socket> {
  const { pod, port, host, localPort } = target;
  const socket = connect({ host, port: localPort, allowHalfOpen: true });
  try {
    await once(socket, 'connect');
  } catch (error) {
    throw new Error(
      `error forwarding port ${port} to pod ${pod}: ${isError(error) ? error.message : String(error)}`,
    );
  }
  socket.on('error', () => socket.destroy());
  return socket;
}
