import * as http from 'node:http';
import * as https from 'node:https';

const KEEP_ALIVE = { keepAlive: true, keepAliveMsecs: 15_000 } as const;

/**
 * Keeps connections open between requests, which would otherwise each need a TLS
 * handshake.
 */
export class AgentPool {
  #agent: http.Agent | undefined;
  #key = '';

  /**
   * @param options - TLS settings of this request
   * @param viaProxy - use the agent in the options, which knows the proxy
   */
  take(
    options: https.RequestOptions,
    secure: boolean,
    viaProxy: boolean,
  ): http.Agent {
    const { ca, cert, key, servername, rejectUnauthorized } = options;
    const material = JSON.stringify([
      ca?.toString(),
      cert?.toString(),
      key?.toString(),
      servername,
      rejectUnauthorized,
    ]);
    if (!this.#agent || material !== this.#key) {
      retire(this.#agent);
      this.#key = material;
      if (viaProxy && options.agent instanceof http.Agent) {
        this.#agent = options.agent;
      } else if (secure) {
        this.#agent = new https.Agent({
          ...KEEP_ALIVE,
          ca,
          cert,
          key,
          servername,
          rejectUnauthorized,
        });
      } else {
        this.#agent = new http.Agent(KEEP_ALIVE);
      }
    }
    return this.#agent;
  }

  /** Breaks all connections, also those in use. */
  close(): void {
    this.#agent?.destroy();
    this.#agent = undefined;
  }
}

/**
 * Closes idle connections. Those in use end with their requests: a renewed
 * certificate must not cut off who reads a log.
 */
function retire(agent: http.Agent | undefined): void {
  if (agent) {
    agent.maxFreeSockets = 0;
    Object.values(agent.freeSockets)
      .flat()
      .forEach(socket => socket?.destroy());
  }
}
