import { once } from 'node:events';
import {
  createServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import {
  ConflictError,
  InputError,
  isError,
  NotAllowedError,
  toError,
} from '@backstage/errors';
import type { ClusterAccess } from '../credentials/ClusterAccess';
import { SignIn } from '../credentials/SignIn';
import { carry } from './carry';
import { openPodPort } from './openPodPort';
import type { PodPort } from './PodPort';

export interface PortForwardOptions {
  readonly access: ClusterAccess;
  /**
   * Where the next connection leads: asked for each, so that a pod that was
   * replaced doesn't matter.
   */
  readonly target: (signal: AbortSignal) => Promise<PodPort>;
  /** Local address to listen on; default 127.0.0.1. */
  readonly host?: string;
  /** Local port to listen on; any that is free where absent or 0. */
  readonly port?: number;
  /** Ends it, with all connections. */
  readonly signal: AbortSignal;
  /** Is told in a sentence why a connection failed; others go on. */
  readonly onError: (message: string) => void;
}

/** A local port that leads to a port of a pod. */
export interface PortForward {
  readonly host: string;
  readonly port: number;
  /** Resolves after the signal, when all connections are closed. */
  readonly done: Promise<void>;
}

/**
 * Listens on a local port and carries its connections to a port of a pod, through
 * the API server. Resolves when it listens.
 *
 * The protocol knows no half-closed connections: when one side ends, both do.
 *
 * @throws {ConflictError} when the local port is taken
 * @throws {NotAllowedError} when this user may not listen on it
 * @throws {InputError} when this machine can't listen there
 */
export async function portForward(
  options: PortForwardOptions,
): Promise<PortForward> {
  const { host = '127.0.0.1', signal } = options;
  signal.throwIfAborted();
  const signIn = new SignIn(options.access);
  const sockets = new Set<Socket>();
  const work = new Set<Promise<void>>();
  const server = createServer({ allowHalfOpen: true }, socket => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    const one = connection(socket, signIn, options).finally(() =>
      work.delete(one),
    );
    work.add(one);
  });
  await listen(server, host, options.port ?? 0);
  const done = new Promise<void>(resolve => {
    server.once('close', () => resolve(Promise.all(work).then(() => {})));
  });
  signal.addEventListener(
    'abort',
    () => {
      server.close();
      sockets.forEach(socket => socket.destroy());
    },
    { once: true },
  );
  return { host, port: (server.address() as AddressInfo).port, done };
}

/** Carries one connection; never throws. */
async function connection(
  socket: Socket,
  signIn: SignIn,
  { target, signal, onError }: PortForwardOptions,
): Promise<void> {
  const gone = new AbortController();
  // Each direction listens to the end of both sides.
  socket.setMaxListeners(20);
  socket.on('error', () => {});
  socket.once('close', () => gone.abort());
  try {
    const found = await Promise.race([
      target(gone.signal),
      aborted(gone.signal),
    ]);
    const open = await openPodPort(signIn, found, gone.signal);
    const problem = await carry(socket, open, found);
    if (problem && !signal.aborted) {
      onError(problem);
    }
  } catch (error) {
    if (!gone.signal.aborted) {
      onError(toError(error).message);
    }
  } finally {
    socket.destroy();
  }
}

/** Rejects when the signal aborts. */
async function aborted(signal: AbortSignal): Promise<never> {
  await once(signal, 'abort');
  throw signal.reason;
}

async function listen(
  server: Server,
  host: string,
  port: number,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', error => reject(listenError(error, host, port)));
    server.listen(port, host, resolve);
  });
}

function listenError(error: unknown, host: string, port: number): Error {
  switch (isError(error) ? error.code : undefined) {
    case 'EADDRINUSE':
      return new ConflictError(
        `Port ${port} of ${host} is taken; end what uses it, or choose another port`,
      );
    case 'EACCES':
      return new NotAllowedError(
        `You may not listen on port ${port} of ${host}; choose a port above 1023`,
      );
    default:
      return new InputError(
        `Couldn't listen on port ${port} of ${host}: ${toError(error).message}`,
      );
  }
}
