import { isDeepStrictEqual } from 'node:util';
import { sleep } from '@ml-platform/kube';
import type { Clusters } from '../clusters/Clusters';
import { clusterDetail } from '../clusters/clusterDetail';
import type { JobIndex } from '../jobs/JobIndex';
import type { JobPredicate } from '../permissions/Authorizer';
import type { EventStream } from './sse';

/** Milliseconds between two looks at what a viewer may see. */
const RECHECK = 30_000;
/** Milliseconds between two events, however much changes. */
const REST = 1_000;

/**
 * Sends a cluster each time that it changes, until the signal aborts. Ends the stream
 * when the cluster is gone, or when the viewer may no longer see it: whoever comes
 * back is told so.
 */
export async function streamCluster(options: {
  readonly name: string;
  readonly clusters: Clusters;
  readonly index: JobIndex;
  /** The jobs that the viewer may see; `undefined` where not even the cluster. */
  readonly visible: () => Promise<JobPredicate | undefined>;
  readonly events: EventStream;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { name, clusters, index, events, signal } = options;
  let sent: unknown;
  let visible = await options.visible();
  let checkAt = performance.now() + RECHECK;
  while (visible && !signal.aborted && clusters.has(name)) {
    const cluster = clusters.get(name);
    const detail = clusterDetail(cluster, { index, visible });
    if (!isDeepStrictEqual(detail, sent)) {
      sent = detail;
      await events.send('cluster', detail);
      await sleep(REST, signal);
    } else {
      await cluster.changes.waitFor(RECHECK, signal);
    }
    if (performance.now() >= checkAt) {
      visible = await options.visible();
      checkAt = performance.now() + RECHECK;
    }
  }
  events.end();
}
