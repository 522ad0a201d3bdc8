import { setTimeout as delay } from 'node:timers/promises';
import { PortalPlatform } from '@ml-platform/sdk';

const REQUEST_EVERY_MS = 100;

/** People who look at the portal all the time: at the list of jobs, and at its pages. */
export class Viewers {
  /** Requests that were answered. */
  answered = 0;
  /** Requests that failed, with the reason. */
  readonly dropped: string[] = [];
  /** The state of a job, as each viewer saw it last. */
  readonly states: (string | undefined)[];
  /** Viewers whose list lost the job. */
  readonly lost: number[] = [];
  readonly #leaving = new AbortController();
  readonly #platforms: PortalPlatform[] = [];
  readonly #running: Promise<unknown>[];

  constructor(options: {
    readonly url: string;
    readonly token: string;
    readonly job: string;
    readonly count: number;
  }) {
    const { url, token, job, count } = options;
    const { signal } = this.#leaving;
    this.states = Array.from({ length: count });
    const watch = async (viewer: number) => {
      const platform = new PortalPlatform({
        url,
        credentials: { token: async () => token },
        environment: {},
      });
      this.#platforms.push(platform);
      for await (const change of platform.watchJobs({}, { signal })) {
        if (change.type === 'snapshot') {
          const row = change.list.items.find(({ name }) => name === job);
          if (!row && this.states[viewer]) this.lost.push(viewer);
          this.states[viewer] = row?.state ?? this.states[viewer];
        } else if (change.type === 'upsert' && change.job.name === job) {
          this.states[viewer] = change.job.state;
        } else if (change.type === 'remove' && change.job.name === job) {
          this.lost.push(viewer);
        }
      }
    };
    const request = async () => {
      while (!signal.aborted) {
        await this.#ask(`${url}/api/ray/jobs?limit=1`, token);
        await delay(REQUEST_EVERY_MS);
      }
    };
    this.#running = [
      ...Array.from({ length: count }, (_, viewer) => watch(viewer)),
      request(),
    ];
  }

  async #ask(url: string, token: string): Promise<void> {
    try {
      const response = await fetch(url, {
        headers: { authorization: `Bearer ${token}` },
      });
      await response.text();
      if (response.ok) {
        this.answered += 1;
      } else {
        this.dropped.push(`${response.status}`);
      }
    } catch (error) {
      const { cause = error } = error as Error;
      this.dropped.push(`${new Date().toISOString()} ${cause}`);
    }
  }

  /** Throws what a viewer failed with. */
  async leave(): Promise<void> {
    this.#leaving.abort();
    this.#platforms.forEach(platform => platform.close());
    await Promise.all(this.#running);
  }
}
