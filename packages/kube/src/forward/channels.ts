import { Transform, type TransformCallback } from 'node:stream';

/*
 * The protocol `v4.channel.k8s.io` of `pods/portforward`: each message of the web
 * socket begins with the number of a channel. A port has two, and the first
 * message of each repeats the port's number in two bytes.
 *
 * Source: k8s.io/kubelet, pkg/cri/streaming/portforward/websocket.go.
 */

/** Subprotocol of the web socket. */
export const PROTOCOL = 'v4.channel.k8s.io';

const DATA = 0;
const ERROR = 1;
const PORT_BYTES = 2;

/** Turns what goes to the pod into messages. */
export function toMessages(): Transform {
  const channel = Buffer.of(DATA);
  return new Transform({
    // One message for each chunk, so that none is cut from its channel.
    readableObjectMode: true,
    transform: (chunk: Buffer, _encoding, done) =>
      done(null, Buffer.concat([channel, chunk])),
  });
}

/**
 * Takes what comes from the pod out of the messages.
 *
 * @param onComplaint - is told why the port doesn't answer, in pieces
 */
export function fromMessages(onComplaint: (text: string) => void): Transform {
  const toSkip = [PORT_BYTES, PORT_BYTES];
  return new Transform({
    writableObjectMode: true,
    transform: (message: Buffer, _encoding, done: TransformCallback) => {
      const channel = message[0];
      const skipped = Math.min(toSkip[channel] ?? 0, message.length - 1);
      const content = message.subarray(1 + skipped);
      toSkip[channel] -= skipped;
      if (channel === ERROR && content.length > 0) {
        onComplaint(content.toString());
      }
      done(null, channel === DATA ? content : undefined);
    },
  });
}
