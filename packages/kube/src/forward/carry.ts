import type { Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { fromMessages, toMessages } from './channels';
import type { OpenPort } from './openPodPort';
import type { PodPort } from './PodPort';

/** Close code of a web socket whose connection broke (RFC 6455, 7.1.5). */
const BROKEN = 1006;

/**
 * Carries one connection to a port of a pod, until one of the sides ends it. What
 * one side sends waits for the other to read it, so that little is kept between.
 *
 * @returns what went wrong, as a sentence; undefined when nothing did
 */
export async function carry(
  socket: Socket,
  { stream, closed }: OpenPort,
  { pod, port }: PodPort,
): Promise<string | undefined> {
  let complaint = '';
  const fromPod = fromMessages(text => {
    complaint += text;
  });
  let left = false;
  const leave = () => {
    left = true;
  };
  socket.once('end', leave).once('close', leave);
  const broken = closed.then(code => code === BROKEN && !left);
  // How the streams end says less than how the web socket was closed.
  await Promise.allSettled([
    pipeline(socket, toMessages(), stream),
    pipeline(stream, fromPod, socket).finally(() => socket.destroySoon()),
  ]);
  if (complaint) {
    return `Port ${port} of pod ${pod} doesn't answer: ${complaint.trim()}`;
  }
  return (await broken)
    ? `The connection to port ${port} of pod ${pod} broke`
    : undefined;
}
