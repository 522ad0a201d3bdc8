import { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { TestApiServer } from './TestApiServer';
import { JsonAnswer } from './testRequest';
import { until } from './until';

interface WatchEvent {
  readonly type: string;
  readonly object: JsonAnswer;
}

/** A watch whose events can be read one after the other. */
export class TestWatch {
  readonly events: WatchEvent[] = [];
  /** The server ended the watch. */
  ended = false;
  /** The connection broke off. */
  broken = false;
  #stop = () => {};
  #response: IncomingMessage | undefined;

  static open(server: TestApiServer, path: string): Promise<TestWatch> {
    const watch = new TestWatch();
    return new Promise((resolve, reject) => {
      const request = get(
        new URL(path, server.url),
        {
          ca: server.ca,
          agent: false,
          headers: { authorization: `Bearer ${server.token}` },
        },
        response => {
          let rest = '';
          response.on('data', chunk => {
            const lines = (rest + chunk).split('\n');
            rest = lines.pop() ?? '';
            watch.events.push(...lines.map(line => JSON.parse(line)));
          });
          response.on('end', () => {
            watch.ended = true;
          });
          response.on('error', () => {
            watch.broken = true;
          });
          watch.#response = response;
          resolve(watch);
        },
      );
      watch.#stop = () => request.destroy();
      request.on('error', reject);
    });
  }

  async count(count: number): Promise<string[]> {
    await until(() => this.ended || this.events.length >= count);
    return this.events.map(
      ({ type, object }) => `${type} ${object.metadata.name ?? ''}`,
    );
  }

  pause(): void {
    this.#response?.pause();
  }

  resume(): void {
    this.#response?.resume();
  }

  stop(): void {
    this.#stop();
  }
}
