import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { PORTAL_PORT } from '../support/target';

/** Port of the embedded Git host, which listens on loopback alone. */
const GIT_PORT = PORTAL_PORT + 1;

/** The embedded Git host at an address that pods reach, for whoever has the password. */
export class PrivateGit {
  readonly repository: string;
  readonly close: () => Promise<void>;

  private constructor(origin: string, close: () => Promise<void>) {
    this.repository = `${origin}/ml-platform/ml-platform`;
    this.close = close;
  }

  /** @param address - of this machine, as pods reach it */
  static async start(
    address: string,
    { username, password }: { username: string; password: string },
  ): Promise<PrivateGit> {
    const login = Buffer.from(`${username}:${password}`).toString('base64');
    const server = createServer((req, res) => {
      const { authorization, ...headers } = req.headers;
      if (authorization !== `Basic ${login}`) {
        res.writeHead(401, { 'www-authenticate': 'Basic realm="Git"' }).end();
        return;
      }
      const { method, url: path } = req;
      const there = { host: '127.0.0.1', port: GIT_PORT, method, path };
      const passed = request(
        { ...there, headers: { ...headers, host: `localhost:${GIT_PORT}` } },
        answer => {
          res.writeHead(answer.statusCode ?? 502, answer.headers);
          pipeline(answer, res).catch(() => res.destroy());
        },
      );
      pipeline(req, passed).catch(() => res.destroy());
    });
    server.listen(0, address);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return new PrivateGit(`http://${address}:${port}`, async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    });
  }
}
