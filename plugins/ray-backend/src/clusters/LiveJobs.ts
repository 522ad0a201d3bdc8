import {
  compactJob,
  isTerminal,
  jobQueue,
  jobState,
  jobSummary,
  keepCause,
  type JobSummary,
  type Pod,
  type QueueFacts,
  type RayJob,
} from '@ml-platform/rayjob';
import type { JobIndex } from '../index/JobIndex';
import { queueKey } from '../kueue/ClusterQueues';
import type { JobQueues } from '../kueue/JobQueues';
import type { JobObserver } from './JobObserver';
import { PodStore, rayClusterKey, submitterKey } from './PodStore';

/** What is kept of a RayJob: its row, and what its state follows from. */
export interface JobRow {
  readonly summary: JobSummary;
  readonly rayCluster?: string;
  /** Absent once the state can't change any more. */
  readonly source?: RayJob;
}

/** The row of a RayJob without its pods. */
export function toJobRow(cluster: string, job: RayJob): JobRow {
  const summary = jobSummary(cluster, job);
  return {
    summary,
    rayCluster: job.status?.rayClusterName,
    source: isTerminal(summary.state) ? undefined : compactJob(job),
  };
}

/**
 * Brings the RayJobs, the Ray pods and the queues of one cluster together into
 * rows of the index: the pods say why a job does not get on, the queues why it
 * does not start.
 */
export class LiveJobs {
  private readonly rows = new Map<string, JobRow>();
  private readonly jobOf = new Map<string, string>();
  private readonly pods = new PodStore();

  constructor(
    private readonly options: {
      readonly index: JobIndex;
      readonly queues: JobQueues;
      readonly observers?: readonly JobObserver[];
    },
  ) {}

  putJob(key: string, row: JobRow): void {
    this.forget(key);
    this.rows.set(key, row);
    for (const owner of this.owners(row)) {
      this.jobOf.set(owner, key);
    }
    const { namespace, queue } = row.summary;
    this.options.queues.follow(
      key,
      row.source && queue && queueKey(namespace, queue.name),
    );
    this.show(key);
  }

  removeJob(key: string, row: JobRow): void {
    const { index, observers } = this.options;
    const last = index.getLive(row.summary) ?? row.summary;
    observers?.forEach(observer => observer.gone(last));
    this.forget(key);
    this.options.queues.follow(key, undefined);
    this.rows.delete(key);
    index.removeLive(last);
  }

  /** Removes the jobs; those that a successor has are its own by now. */
  handOver(successor?: LiveJobs): void {
    for (const [key, row] of this.rows) {
      if (!successor?.rows.has(key)) {
        this.removeJob(key, row);
      }
    }
  }

  putPod(key: string, pod: Pod): void {
    this.showOwner(this.pods.put(key, pod));
  }

  removePod(key: string, pod: Pod): void {
    this.showOwner(this.pods.remove(key, pod));
  }

  /** Shows the jobs anew of which {@link JobQueues} says that they changed. */
  showAll(keys: Iterable<string>): void {
    for (const key of keys) {
      this.show(key);
    }
  }

  /** How a job stands in its queue. */
  queueOf(namespace: string, name: string): QueueFacts | undefined {
    const row = this.rows.get(`${namespace}/${name}`);
    return row && this.factsOf(row);
  }

  /** The pods of a job's current attempt. */
  podsOf(namespace: string, name: string): readonly Pod[] {
    const row = this.rows.get(`${namespace}/${name}`);
    return row ? this.pods.of(namespace, name, row.rayCluster) : [];
  }

  private owners({ summary, rayCluster }: JobRow): string[] {
    const { namespace, name } = summary;
    return [
      submitterKey(namespace, name),
      ...(rayCluster ? [rayClusterKey(namespace, rayCluster)] : []),
    ];
  }

  private forget(key: string): void {
    const row = this.rows.get(key);
    for (const owner of row ? this.owners(row) : []) {
      this.jobOf.delete(owner);
    }
  }

  private showOwner(owner: string | undefined): void {
    const key = owner && this.jobOf.get(owner);
    if (key) {
      this.show(key);
    }
  }

  private show(key: string): void {
    const row = this.rows.get(key);
    if (!row) {
      return;
    }
    const { index } = this.options;
    const before = index.getLive(row.summary);
    const same = before?.uid === row.summary.uid ? before : undefined;
    index.setLive(keepCause(this.rowOf(row), same));
  }

  /** The row with what pods and queues tell, while that can change it. */
  private rowOf(row: JobRow): JobSummary {
    const { summary, source } = row;
    if (!source) {
      return summary;
    }
    const pods = this.podsOf(summary.namespace, summary.name);
    const facts = this.factsOf(row);
    const { state, reason, message } = jobState(source, pods, facts);
    const queue =
      state === 'queued' ? jobQueue(summary.queue?.name, facts) : summary.queue;
    return { ...summary, state, reason, message, queue };
  }

  private factsOf({ summary }: JobRow): QueueFacts {
    const { namespace, uid, queue } = summary;
    return this.options.queues.facts({ namespace, uid, queue: queue?.name });
  }
}
