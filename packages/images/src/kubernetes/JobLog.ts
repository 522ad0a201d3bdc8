import { isError, ServiceUnavailableError } from '@backstage/errors';
import { followPodLog, sleep, type KubeClient } from '@ml-platform/kube';
import { BuildLog } from '../engine/BuildLog';
import type { ImageBuildLog } from '../ImageBuilder';
import { CONTAINER } from './buildJob';
import type { BuildPod } from './buildJobTypes';

export interface JobLogOptions {
  readonly client: KubeClient;
  readonly namespace: string;
  /** Pods of the Job, in the order in which they came. */
  readonly pods: () => Promise<readonly BuildPod[]>;
  readonly ended: () => Promise<boolean>;
  /** Milliseconds between two looks for pods. */
  readonly pollMs: number;
}

/** The logs of a Job's pods, one after the other, read once for all who follow it. */
export class JobLog {
  readonly #options: JobLogOptions;
  readonly #log = new BuildLog();
  readonly #over = new AbortController();
  /** Resolves once nothing comes any more. */
  readonly whole: Promise<void>;

  constructor(options: JobLogOptions) {
    this.#options = options;
    this.whole = this.#follow().catch(error => {
      const cause = isError(error) ? error.message : String(error);
      this.#log.line(`The rest of the log can't be read: ${cause}`);
    });
  }

  read(offset: number): ImageBuildLog {
    return this.#log.read(offset);
  }

  close(): void {
    this.#over.abort();
  }

  async #follow(): Promise<void> {
    const { pollMs } = this.#options;
    const { signal } = this.#over;
    const seen = new Set<string>();
    while (!signal.aborted) {
      const look = await this.#look();
      const over = look?.ended;
      const next = look?.pods.find(({ metadata }) => !seen.has(metadata.uid));
      if (next) {
        if (seen.size > 0) {
          this.#log.line(
            'The pod of the build was lost; another one takes over',
          );
        }
        seen.add(next.metadata.uid);
        await this.#copy(next);
      } else if (over) {
        return;
      } else {
        await sleep(pollMs, signal);
      }
    }
  }

  /** Undefined while the cluster can't be asked. */
  async #look() {
    const { pods, ended } = this.#options;
    try {
      // The end first: pods that are seen afterwards are all there were.
      return { ended: await ended(), pods: await pods() };
    } catch (error) {
      if (error instanceof ServiceUnavailableError) return undefined;
      throw error;
    }
  }

  async #copy(pod: BuildPod): Promise<void> {
    const { client, namespace } = this.#options;
    const events = followPodLog({
      client,
      namespace,
      pod: pod.metadata.name,
      container: CONTAINER,
      follow: true,
      signal: this.#over.signal,
    });
    let told = '';
    for await (const event of events) {
      if (event.type === 'lines') {
        event.lines.forEach(({ text }) => this.#log.line(text));
      } else {
        const text = event.type === 'gap' ? event.reason : event.message;
        if (text !== told) this.#log.line(text);
        told = text;
      }
    }
  }
}
