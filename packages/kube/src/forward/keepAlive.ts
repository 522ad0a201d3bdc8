import type { WebSocket } from 'ws';

/** Milliseconds between two pings; load balancers cut what is quiet for minutes. */
const EVERY = 20_000;

/** Keeps a quiet connection open, and ends one whose other side has gone. */
export function keepAlive(socket: WebSocket, everyMs = EVERY): void {
  let answered = true;
  const timer = setInterval(() => {
    if (!answered) {
      socket.terminate();
      return;
    }
    answered = false;
    socket.ping();
  }, everyMs);
  socket.on('pong', () => {
    answered = true;
  });
  socket.once('close', () => clearInterval(timer));
}
