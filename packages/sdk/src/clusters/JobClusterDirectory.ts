import {
  Backoff,
  sleep,
  type ClusterLocator,
  type ConfigReader,
  readGkeLocators,
  type KnownCluster,
} from '@ml-platform/kube';
import { readJobClusters, type JobCluster } from './readJobClusters';

/** Why clusters can't be found, or not all of them. */
export interface ClusterProblem {
  readonly name: string;
  readonly title: string;
  readonly error: string;
}

export interface JobClusterDirectoryOptions {
  readonly config: ConfigReader;
  /** Default: what `kubernetes.clusterLocatorMethods` says. */
  readonly locators?: readonly ClusterLocator[];
  /** Milliseconds between two looks for clusters. Default: 5 minutes. */
  readonly refreshMs?: number;
  /** Milliseconds: shortest and longest wait after a failure. */
  readonly backoff?: { readonly min: number; readonly max: number };
  /** From 0 to 1, for the jitter. */
  readonly random?: () => number;
}

interface Found {
  clusters: readonly KnownCluster[];
  error: string | undefined;
  /** False until the locator has answered in full for the first time. */
  whole: boolean;
}

const REFRESH = 5 * 60_000;

/**
 * All clusters: those that the configuration lists, and those that it says how to
 * find. What was found stays while nobody can be asked; a locator that fails is
 * reported and touches neither the others nor the clusters that are listed.
 */
export class JobClusterDirectory {
  readonly #found = new Map<ClusterLocator, Found>();
  readonly #listeners = new Set<() => void>();
  #known: readonly JobCluster[];
  #refreshedAt = 0;
  readonly #unasked: Set<ClusterLocator>;
  #markAsked: () => void = () => {};
  /** Resolves when all locators have answered or failed for the first time. */
  readonly asked: Promise<void>;

  readonly #options: JobClusterDirectoryOptions;

  /** @throws {InputError} for a configuration that is wrong */
  constructor(options: JobClusterDirectoryOptions) {
    this.#options = options;

    const locators = options.locators ?? readGkeLocators(options.config);
    for (const locator of locators) {
      this.#found.set(locator, {
        clusters: [],
        error: `${locator.title} are being looked up`,
        whole: false,
      });
    }
    this.#known = this.#combine();
    this.#unasked = new Set(locators);
    this.asked = new Promise(resolve => {
      this.#markAsked = resolve;
    });
    if (locators.length === 0) {
      this.#markAsked();
    }
  }

  get entries(): readonly JobCluster[] {
    return this.#known;
  }

  get problems(): readonly ClusterProblem[] {
    return [...this.#found].flatMap(([{ name, title }, { error }]) =>
      error === undefined ? [] : [{ name, title, error }],
    );
  }

  /** True once it is known that there are no further clusters. */
  get complete(): boolean {
    return [...this.#found.values()].every(({ whole }) => whole);
  }

  /** Calls the listener when clusters or problems change. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Looks for clusters, with all locators at once; never rejects. */
  async refresh(signal: AbortSignal): Promise<void> {
    await Promise.all(
      [...this.#found.keys()].map(locator => this.#locate(locator, signal)),
    );
  }

  /**
   * Looks for clusters unless all were found in the last so many milliseconds;
   * never rejects.
   */
  async refreshAfter(ms: number, signal: AbortSignal): Promise<void> {
    if (this.problems.length > 0 || Date.now() - this.#refreshedAt >= ms) {
      this.#refreshedAt = Date.now();
      await this.refresh(signal);
    }
  }

  /** Looks for clusters again and again until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all(
      [...this.#found.keys()].map(locator => this.#follow(locator, signal)),
    );
  }

  async #follow(locator: ClusterLocator, signal: AbortSignal): Promise<void> {
    const { refreshMs = REFRESH, random = Math.random } = this.#options;
    const backoff = new Backoff({
      min: this.#options.backoff?.min ?? 2_000,
      max: this.#options.backoff?.max ?? 60_000,
      random,
    });
    while (!signal.aborted) {
      if (await this.#locate(locator, signal)) {
        backoff.reset();
        await sleep(refreshMs * (0.9 + 0.2 * random()), signal);
      } else {
        await sleep(backoff.next(), signal);
      }
    }
  }

  /** @returns true when all clusters were found */
  async #locate(
    locator: ClusterLocator,
    signal: AbortSignal,
  ): Promise<boolean> {
    const before = this.#found.get(locator);
    try {
      const { clusters, incomplete } = await locator.locate(signal);
      const names = new Set(clusters.map(({ name }) => name));
      const missed = incomplete === undefined ? [] : (before?.clusters ?? []);
      this.#found.set(locator, {
        clusters: [
          ...clusters,
          ...missed.filter(({ name }) => !names.has(name)),
        ],
        error: incomplete,
        whole: before?.whole || incomplete === undefined,
      });
    } catch (error) {
      if (signal.aborted) {
        return false;
      }
      this.#found.set(locator, {
        clusters: before?.clusters ?? [],
        whole: before?.whole ?? false,
        error: error instanceof Error ? error.message : String(error),
      });
    }
    this.#known = this.#combine();
    this.#unasked.delete(locator);
    if (this.#unasked.size === 0) {
      this.#markAsked();
    }
    this.#listeners.forEach(listener => listener());
    return this.#found.get(locator)?.error === undefined;
  }

  #combine(): readonly JobCluster[] {
    const states = [...this.#found.values()];
    const titles = [...this.#found.keys()].map(({ title }) => title);
    return readJobClusters(
      this.#options.config,
      states.flatMap(({ clusters }) => clusters),
      name => {
        const errors = states.flatMap(({ error }) => error ?? []);
        if (errors.length > 0) {
          return `Cluster ${name} is not found: ${errors.join('; ')}`;
        }
        return titles.length > 0
          ? `Cluster ${name} is not among the ${titles.join(' and ')}; correct its name in ray.clusters, or the locator's project, region and labels`
          : `Cluster ${name} is not in kubernetes.clusterLocatorMethods; add it there`;
      },
    );
  }
}
