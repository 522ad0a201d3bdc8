import { EventEmitter, on } from 'node:events';
import { isError } from '@backstage/errors';
import { resourcePath, Watcher, type KubeObject } from '@ml-platform/kube';
import {
  jobMatcher,
  jobSummary,
  RAYJOBS,
  type JobFilter,
  type JobSummary,
  type RayJob,
} from '@ml-platform/rayjob';
import type { ClusterAnswer, JobListChange } from '../platform/jobViews';
import type { WatchOptions } from '../platform/Platform';
import type { ClusterLink } from './clusterLink';

const CHANGE = 'change';

const SILENT = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
};

/** One cluster's part of a list that is watched. */
class WatchedCluster {
  readonly rows = new Map<string, JobSummary>();
  answer: ClusterAnswer;
  /** True once the first list is complete, or has failed. */
  answered = false;
  readonly #link: ClusterLink;

  constructor(link: ClusterLink) {
    this.#link = link;
    this.answer = { name: link.name, ok: true };
  }

  run(
    filter: JobFilter,
    tell: (change?: JobListChange) => void,
    { signal, name: only }: WatchOptions,
  ): Promise<void> {
    const { name, client } = this.#link;
    const matches = jobMatcher(filter) ?? (() => true);
    const drop = (key: string) => {
      const job = this.rows.get(key);
      this.rows.delete(key);
      if (job) {
        tell({ type: 'remove', job });
      }
    };
    const namespace =
      filter.namespace?.length === 1 ? filter.namespace[0] : undefined;
    return new Watcher<RayJob & KubeObject>({
      client,
      path: resourcePath(RAYJOBS, namespace),
      fieldSelector: only && `metadata.name=${only}`,
      logger: SILENT,
      handler: {
        upsert: (key, object) => {
          const job = jobSummary(name, object);
          if (matches(job)) {
            this.rows.set(key, job);
            tell({ type: 'upsert', job });
          } else {
            drop(key);
          }
        },
        remove: drop,
        synced: () => {
          this.answered = true;
          tell();
        },
        status: ({ ok, error }) => {
          this.answer = { name, ok, error };
          this.answered ||= !ok;
          tell({ type: 'clusters', clusters: [this.answer] });
        },
      },
    }).run(signal);
  }
}

/**
 * The jobs of clusters as they change: first all of them, then each change. A
 * connection that breaks is made again, and what changed meanwhile is told.
 */
export async function* watchClusterJobs(
  links: readonly ClusterLink[],
  filter: JobFilter,
  options: WatchOptions,
): AsyncGenerator<JobListChange, void> {
  const { signal } = options;
  const clusters = links.map(link => new WatchedCluster(link));
  const emitter = new EventEmitter();
  const changes = on(emitter, CHANGE, { signal });
  let complete = false;
  const tell = (change?: JobListChange) => {
    if (complete) {
      if (change) {
        emitter.emit(CHANGE, change);
      }
    } else if (clusters.every(({ answered }) => answered)) {
      complete = true;
      emitter.emit(CHANGE, {
        type: 'snapshot',
        list: {
          items: clusters.flatMap(({ rows }) => [...rows.values()]),
          clusters: clusters.map(({ answer }) => answer),
        },
      } satisfies JobListChange);
    }
  };
  clusters.forEach(cluster => cluster.run(filter, tell, options));
  try {
    for await (const [change] of changes) {
      yield change;
    }
  } catch (error) {
    if (!(isError(error) && error.name === 'AbortError')) {
      throw error;
    }
  }
}
