import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { WebSocket } from 'ws';
import type { SignedIn } from '../credentials/ClusterAccess';
import type { SignIn } from '../credentials/SignIn';
import { connectionError, responseError } from '../http/errors';
import { PODS, resourcePath } from '../http/resources';
import { webSockets } from '../libraries';
import { PROTOCOL } from './channels';
import { keepAlive } from './keepAlive';
import type { PodPort } from './PodPort';

/** Milliseconds in which the credentials and the connection have to be there. */
const TIMEOUT = 10_000;
/** Bytes of one message; kubelets send at most 32 KiB. */
const MAX_MESSAGE = 1024 * 1024;
/** Messages that wait for a slow reader. */
const MAX_WAITING = 4;

const UNAUTHORIZED = 401;

/** A connection to a port of a pod, in messages with their channels. */
export interface OpenPort {
  readonly stream: Duplex;
  /** The code with which the web socket was closed. */
  readonly closed: Promise<number>;
}

/** An answer of the API server in place of a web socket. */
class Refusal extends Error {
  readonly statusCode: number;

  constructor(statusCode: number, body: string) {
    super(body);
    this.statusCode = statusCode;
  }
}

/**
 * Connects to a port of a pod through the API server.
 *
 * @throws {Error} as of {@link KubeClient.json}, when the API server refuses or
 * can't be reached in time
 */
export async function openPodPort(
  signIn: SignIn,
  target: PodPort,
  signal: AbortSignal,
): Promise<OpenPort> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]);
  for (let first = true; ; first = false) {
    try {
      return await dial(await signIn.for(limit), target, signal);
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error;
      }
      const { statusCode, message } = error;
      // The credentials may have been renewed meanwhile.
      if (!first || statusCode !== UNAUTHORIZED || !signIn.refused()) {
        throw responseError(statusCode, message, signIn.remedy);
      }
    }
  }
}

/** @throws {Refusal} when the API server doesn't open a web socket */
async function dial(
  { server, options }: SignedIn,
  { namespace, pod, port }: PodPort,
  signal: AbortSignal,
): Promise<OpenPort> {
  const { WebSocket: Socket, createWebSocketStream } = webSockets();
  const url = new URL(
    `${server}${resourcePath(PODS, namespace, pod, 'portforward')}?ports=${port}`,
  );
  signal.throwIfAborted();
  const socket = new Socket(url, PROTOCOL, {
    ...options,
    headers: { 'user-agent': 'ml-platform', ...options.headers },
    handshakeTimeout: TIMEOUT,
    maxPayload: MAX_MESSAGE,
    perMessageDeflate: false,
  });
  const abort = () => socket.terminate();
  signal.addEventListener('abort', abort);
  // Made before the socket is open, so that it misses no message.
  const stream = createWebSocketStream(socket, {
    readableObjectMode: true,
    readableHighWaterMark: MAX_WAITING,
  });
  stream.on('error', () => {});
  const closed = new Promise<number>(resolve => {
    socket.once('close', code => {
      signal.removeEventListener('abort', abort);
      resolve(code);
    });
  });
  await opened(socket, url.host);
  keepAlive(socket);
  return { stream, closed };
}

function opened(socket: WebSocket, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', error => reject(connectionError(host, error)));
    socket.once('unexpected-response', (request, answer: IncomingMessage) => {
      text(answer)
        .then(body => reject(new Refusal(answer.statusCode ?? 0, body)), reject)
        .finally(() => request.destroy());
    });
  });
}
