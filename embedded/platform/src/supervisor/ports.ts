import { createServer } from 'node:net';
import { ConflictError } from '@backstage/errors';

/** The five ports of the embedded platform, in a row. */
export interface Ports {
  readonly portal: number;
  readonly gitHost: number;
  readonly builder: number;
  readonly management: number;
  readonly workload: number;
}

export function portsFrom(base: number): Ports {
  return {
    portal: base,
    gitHost: base + 1,
    builder: base + 2,
    management: base + 3,
    workload: base + 4,
  };
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** @throws {ConflictError} with what to do when a port is taken */
export async function requireFreePorts(ports: Ports): Promise<void> {
  for (const [name, port] of Object.entries(ports)) {
    if (!(await isFree(port))) {
      throw new ConflictError(
        `Port ${port} (${name}) is in use. Stop what listens there (lsof -i :${port} names it), or start on other ports: npm start -- --port ${ports.portal + 1000}`,
      );
    }
  }
}
