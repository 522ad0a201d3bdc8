import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  type ClusterStatus,
  type ClusterSummary,
} from '@ml-platform/backstage-plugin-ray-common';
import type { ListProgress } from '@ml-platform/kube';
import { ClusterHealth } from './ClusterHealth';
import { FirstLists, readingJobs } from './FirstLists';

/** A way in which a cluster is looked at, beside the paths of its watches. */
const PROBE = 'probe';

/** Milliseconds between two reports of how far the first list is. */
const REPORT_EVERY = 500;

export interface ClusterReportOptions {
  readonly cluster: { readonly name: string; readonly title: string };
  /** What is wrong from the start, and stays so. */
  readonly problem?: string;
  /** Paths of the collections whose first lists make the cluster known. */
  readonly paths: readonly string[];
  readonly logger: LoggerService;
  /** Called when what is reported changes. */
  readonly onChange: () => void;
  readonly clock: () => Date;
}

/** What users are told of one cluster: whether it can be reached, and is read. */
export class ClusterReport {
  readonly #options: ClusterReportOptions;
  readonly #health: ClusterHealth;
  readonly #firstLists: FirstLists;
  #version: string | undefined;
  #lastEventAt: string | undefined;
  #reportedAt = -Infinity;
  #reachableSince: string | undefined;

  constructor(options: ClusterReportOptions) {
    this.#options = options;
    this.#firstLists = new FirstLists(options.paths);
    this.#health = new ClusterHealth({
      ...options,
      cluster: options.cluster.name,
      onChange: () => this.#change(),
    });
  }

  /** True once all jobs of the cluster are in the index. */
  get synced(): boolean {
    return this.#firstLists.complete;
  }

  /** Why the cluster can't be reached; `undefined` when it can. */
  get problem(): string | undefined {
    return this.#health.error;
  }

  get status(): ClusterStatus {
    const { name, title } = this.#options.cluster;
    const { progress } = this.#firstLists;
    if (this.problem !== undefined || !progress) {
      return { name, ok: this.problem === undefined, error: this.problem };
    }
    return { name, ok: false, error: readingJobs(title, progress), progress };
  }

  get summary(): Omit<ClusterSummary, 'jobs'> {
    const { name, title } = this.#options.cluster;
    const { ok, error, progress } = this.status;
    return {
      name,
      title,
      reachable: ok,
      version: this.#version,
      lastEventAt: this.#lastEventAt,
      reachableSince: this.#reachableSince,
      error,
      progress,
    };
  }

  /** The cluster has said something. */
  heard(): void {
    this.#lastEventAt = this.#options.clock().toISOString();
  }

  /** How long a first list will be. */
  counted(path: string, total: number): void {
    this.#firstLists.expect(path, total);
  }

  /** How far a first list is; told of at intervals, as it may grow quickly. */
  advanced(path: string, progress: ListProgress): void {
    this.#firstLists.advance(path, progress);
    const now = this.#options.clock().getTime();
    if (!this.synced && now - this.#reportedAt >= REPORT_EVERY) {
      this.#reportedAt = now;
      this.#options.onChange();
    }
  }

  /** A list is in. */
  listed(path: string): void {
    if (!this.synced) {
      this.#firstLists.finish(path);
      this.#change();
    }
  }

  /** A watch is up, or down with the cause. */
  watched(path: string, error: string | undefined): void {
    this.#health.report(path, error);
    if (error === undefined) {
      this.heard();
      // It has just answered, though the probe may wait for its turn.
      this.#health.report(PROBE, undefined);
    }
  }

  /** The server has told its version. */
  probed(version: string | undefined): void {
    if (version !== this.#version) {
      this.#version = version;
      this.#options.onChange();
    }
    this.#health.report(PROBE, undefined);
  }

  /** The server did not answer, or refused what the watches need. */
  failedProbe(error: string): void {
    this.#health.report(PROBE, error);
  }

  #change(): void {
    const { clock, onChange } = this.#options;
    this.#reachableSince = this.status.ok
      ? (this.#reachableSince ?? clock().toISOString())
      : undefined;
    onChange();
  }
}
