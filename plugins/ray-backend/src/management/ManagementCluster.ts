import { isDeepStrictEqual } from 'node:util';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { Watcher, type KubeClient, type KubeObject } from '@ml-platform/kube';
import type { JobCluster, JobClusterDirectory } from '@ml-platform/sdk';
import { openClient } from '../clusters/openClient';
import { Notifier } from '../util/Notifier';
import type { WatchedKind } from './WatchedKind';

export interface ManagementClusterOptions {
  /** Name of the cluster in the section `kubernetes`. */
  readonly name: string;
  readonly directory: Pick<JobClusterDirectory, 'entries' | 'subscribe'>;
  readonly logger: LoggerService;
  /** As {@link Watcher} takes it. */
  readonly backoff?: { readonly min: number; readonly max: number };
}

/** What runs while a way to the cluster is open. */
interface Follower {
  /** What another way to the cluster told may be gone since. */
  reset(): void;
  unlisted(): void;
  fail(problem: string): void;
  watch(client: KubeClient, signal: AbortSignal): Promise<void>;
}

/**
 * The one connection to a management cluster: one watch for each kind of object,
 * whoever looks at it, and a client for requests.
 */
export class ManagementCluster {
  readonly name: string;
  readonly #options: ManagementClusterOptions;
  readonly #followers: Follower[] = [];
  #client: KubeClient | undefined;
  #problem: string;

  constructor(options: ManagementClusterOptions) {
    this.#options = options;
    this.name = options.name;
    this.#problem = `${options.name} is being looked for`;
  }

  /** @throws {ServiceUnavailableError} when the configuration has no way to the cluster */
  get client(): KubeClient {
    if (!this.#client) {
      throw new ServiceUnavailableError(this.#problem);
    }
    return this.#client;
  }

  /** Has {@link run} watch a kind. Call it before. */
  follow<Obj extends KubeObject, Kept>(kind: WatchedKind<Obj, Kept>): void {
    const { logger, backoff } = this.#options;
    this.#followers.push({
      reset: () => kind.reset(),
      unlisted: () => kind.fail(this.#unlisted(kind.setting)),
      fail: problem => kind.fail(problem),
      watch: (client, signal) =>
        new Watcher<Obj>({
          client,
          path: kind.path,
          logger,
          backoff,
          handler: kind,
        }).run(signal),
    });
  }

  /** Watches until the signal aborts; never throws. */
  async run(signal: AbortSignal): Promise<void> {
    const { directory } = this.#options;
    const moved = new Notifier();
    const unsubscribe = directory.subscribe(() => moved.notify());
    while (!signal.aborted) {
      const entry = this.#entry();
      const stop = new AbortController();
      const either = AbortSignal.any([signal, stop.signal]);
      const watching = this.#serve(entry, either);
      while (!signal.aborted && isDeepStrictEqual(entry, this.#entry())) {
        await moved.wait(signal);
      }
      stop.abort();
      await watching;
    }
    unsubscribe();
  }

  #entry(): JobCluster | undefined {
    const { directory, name } = this.#options;
    return directory.entries.find(entry => entry.name === name);
  }

  #unlisted(setting: string): string {
    return `Cluster ${this.name} is not in kubernetes.clusterLocatorMethods; add it there, or correct ${setting}`;
  }

  async #serve(
    entry: JobCluster | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    this.#followers.forEach(follower => follower.reset());
    if (!entry) {
      this.#problem = `Cluster ${this.name} is not in kubernetes.clusterLocatorMethods; add it there`;
      this.#followers.forEach(follower => follower.unlisted());
      return;
    }
    const { client, problem } = openClient(entry);
    if (!client) {
      this.#problem = `Couldn't reach ${this.name}: ${problem}`;
      this.#followers.forEach(follower => follower.fail(problem));
      return;
    }
    this.#client = client;
    await Promise.all(
      this.#followers.map(follower => follower.watch(client, signal)),
    );
    this.#client = undefined;
    client.close();
  }
}
