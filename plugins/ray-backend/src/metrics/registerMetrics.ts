import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import type { Clusters } from '../clusters/Clusters';
import type { JobIndex } from '../jobs/JobIndex';
import type { LogHub } from '../logs/LogHub';
import { countRuns } from './countRuns';

/** Lets the metrics service read what the backend knows of itself. */
export function registerMetrics(options: {
  readonly metrics: Pick<
    MetricsService,
    | 'createCounter'
    | 'createHistogram'
    | 'createObservableGauge'
    | 'createObservableCounter'
  >;
  /** Writes the archive of logs, where there is one. */
  readonly archiver?: { readonly failures: number };
  /** Writes the history of jobs. */
  readonly history: { readonly failures: number };
  readonly clusters: Clusters;
  readonly hub: LogHub;
  readonly index: JobIndex;
  /** The logs whose lines are asked for by number. */
  readonly numbered: { readonly bytes: number };
  /** Who watches the list. */
  readonly stream: { readonly viewers: number };
  readonly clock: () => Date;
}): void {
  const { metrics, archiver, clusters, history, hub, index } = options;
  const { numbered, stream, clock } = options;
  countRuns({ metrics, index, clock });
  const gauge = (name: string, description: string, unit?: string) =>
    metrics.createObservableGauge(name, { description, unit });
  const counter = (name: string, description: string) =>
    metrics.createObservableCounter(name, { description });

  gauge('ray.jobs', 'Jobs in the index, by cluster and state').addCallback(
    result => {
      const counts = new Map<string, number>();
      for (const { cluster, state } of index.all()) {
        const key = `${cluster}/${state}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      for (const [key, count] of counts) {
        const [cluster, state] = key.split('/');
        result.observe(count, { cluster, state });
      }
    },
  );
  gauge(
    'ray.job.oldest.wait',
    'Age of the oldest job that waits to run, by cluster and state',
    's',
  ).addCallback(result => {
    const now = clock().getTime();
    for (const state of ['queued', 'pending'] as const) {
      const oldest = new Map<string, number>();
      for (const { cluster, state: its, createdAt } of index.allLive()) {
        if (its === state) {
          const age = Math.max(0, now - Date.parse(createdAt)) / 1_000;
          oldest.set(cluster, Math.max(age, oldest.get(cluster) ?? 0));
        }
      }
      clusters
        .all()
        .forEach(({ name: cluster }) =>
          result.observe(oldest.get(cluster) ?? 0, { cluster, state }),
        );
    }
  });
  gauge(
    'ray.cluster.reachable',
    '1 where a cluster can be watched',
  ).addCallback(result =>
    clusters
      .all()
      .forEach(({ name, summary }) =>
        result.observe(summary.reachable ? 1 : 0, { cluster: name }),
      ),
  );
  gauge(
    'ray.watch.lag',
    'Time since a cluster last said anything; grows while it is cut off',
    's',
  ).addCallback(result =>
    clusters.all().forEach(({ name, summary }) => {
      if (summary.lastEventAt) {
        const since = clock().getTime() - Date.parse(summary.lastEventAt);
        result.observe(Math.max(0, since / 1_000), { cluster: name });
      }
    }),
  );
  counter(
    'ray.watch.relists',
    'Full lists after the first, as the server had forgotten the place',
  ).addCallback(result =>
    clusters
      .all()
      .forEach(({ name, relists }) =>
        result.observe(relists, { cluster: name }),
      ),
  );
  gauge('ray.log.upstreams', 'Logs that are read from clusters').addCallback(
    result => result.observe(hub.upstreams),
  );
  gauge(
    'ray.log.numbered.bytes',
    'Bytes on disk of logs whose lines are asked for by number',
    'By',
  ).addCallback(result => result.observe(numbered.bytes));
  gauge('ray.log.viewers', 'Viewers of logs').addCallback(result =>
    result.observe(hub.viewers),
  );
  counter(
    'ray.log.gaps',
    'Times that a viewer was too slow for a log and lines were left out',
  ).addCallback(result => result.observe(hub.gaps));
  counter(
    'ray.log.lines.dropped',
    'Lines that were left out for viewers who were too slow',
  ).addCallback(result => result.observe(hub.droppedLines));
  counter(
    'ray.history.failures',
    "Times that the database didn't take the history of jobs; tried again",
  ).addCallback(result => result.observe(history.failures));
  if (archiver) {
    counter(
      'ray.archive.failures',
      "Times that a job's log couldn't be archived; most are tried again",
    ).addCallback(result => result.observe(archiver.failures));
  }
  gauge('ray.list.viewers', 'Viewers of the list of jobs').addCallback(result =>
    result.observe(stream.viewers),
  );
}
