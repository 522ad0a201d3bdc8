import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { toError } from '@backstage/errors';
import { createWebSocketStream, WebSocket } from 'ws';
import { dial } from './dial';
import { ForwardTarget } from './forwardTarget';

/*
 * The protocol of kubelet's port forwarding by web socket: each message begins with
 * a channel, the port has one for data and one for errors, and the first message of
 * each names the port.
 *
 * Source: k8s.io/kubelet, pkg/cri/streaming/portforward/websocket.go.
 */

/** Subprotocol of the web socket. */
export const CHANNEL_PROTOCOL = 'v4.channel.k8s.io';

const DATA = 0;
const ERROR = 1;
/** Messages that wait for a slow process. */
const MAX_WAITING = 4;

/** Joins a web socket to a port of a pod; never throws. */
export async function serveChannels(
  webSocket: WebSocket,
  target: ForwardTarget,
): Promise<void> {
  const stream = createWebSocketStream(webSocket, {
    readableObjectMode: true,
    readableHighWaterMark: MAX_WAITING,
  });
  stream.on('error', () => {});
  const port = Buffer.alloc(2);
  port.writeUInt16LE(target.port);
  const send = (channel: number, data: Buffer) =>
    webSocket.send(Buffer.concat([Buffer.of(channel), data]));
  send(DATA, port);
  send(ERROR, port);
  try {
    const socket = await dial(target);
    // Either side's end ends the other: the protocol can't close one direction.
    await Promise.allSettled([
      pipeline(stream, received(), socket),
      pipeline(socket, sent(), stream),
    ]);
    socket.destroy();
  } catch (error) {
    send(ERROR, Buffer.from(toError(error).message));
    webSocket.close();
  }
}

function received(): Transform {
  return new Transform({
    writableObjectMode: true,
    transform: (message: Buffer, _encoding, done) =>
      done(null, message[0] === DATA ? message.subarray(1) : undefined),
  });
}

function sent(): Transform {
  return new Transform({
    readableObjectMode: true,
    transform: (chunk: Buffer, _encoding, done) =>
      done(null, Buffer.concat([Buffer.of(DATA), chunk])),
  });
}
