import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { keepAlive } from './keepAlive';

describe('keepAlive', () => {
  it.each([
    ['keeps a connection that answers', true],
    ['ends one whose other side has gone', false],
  ])('%s', async (_, autoPong) => {
    const server = new WebSocketServer({
      port: 0,
      host: '127.0.0.1',
      autoPong,
    });
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    await once(socket, 'open');
    keepAlive(socket, 20);
    await new Promise(resolve => {
      setTimeout(resolve, 150);
    });
    expect(socket.readyState === WebSocket.OPEN).toBe(autoPong);
    socket.terminate();
    server.close();
  });
});
