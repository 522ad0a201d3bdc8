import { Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** Listens on a free port of this machine, and answers with it. */
export function listen(server: Server): Promise<number> {
  return new Promise(resolve =>
    server.listen(0, '127.0.0.1', () =>
      resolve((server.address() as AddressInfo).port),
    ),
  );
}
