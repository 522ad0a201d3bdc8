import { jobMatcher, type JobSummary } from '@ml-platform/rayjob';
import type { Clusters } from '../clusters/Clusters';
import type { JobChange, JobIndex } from '../index/JobIndex';
import type { JobListQuery, Jobs } from '../index/Jobs';
import type { JobPredicate } from '../permissions/Authorizer';
import { Notifier } from '../util/Notifier';
import type { EventStream } from './sse';

/** Milliseconds between two looks at what a viewer may see. */
const RECHECK = 30_000;
/** Changes that wait for a viewer before it gets a snapshot instead. */
const MAX_QUEUE = 2_000;

export interface JobViewerOptions {
  readonly index: JobIndex;
  readonly jobs: Jobs;
  readonly clusters: Clusters;
  readonly closing: AbortSignal;
  /** Names this process: numbers of changes mean nothing in another. */
  readonly epoch: string;
  readonly query: JobListQuery;
  readonly visible: JobPredicate;
  readonly recheck: () => Promise<JobPredicate>;
  readonly events: EventStream;
}

/** One viewer of the list: has its own filter, its own rights and its own pace. */
export class JobViewer {
  private readonly queue: JobChange[] = [];
  private visible: JobPredicate;
  private readonly matches: (job: JobSummary) => boolean;
  private clustersChanged = false;
  private stale = false;
  private readonly notifier = new Notifier();

  constructor(private readonly options: JobViewerOptions) {
    this.visible = options.visible;
    this.matches = jobMatcher(options.query.filter) ?? (() => true);
  }

  async run(lastEventId: string | undefined): Promise<void> {
    const { index, clusters, events, closing } = this.options;
    const signal = AbortSignal.any([events.signal, closing]);
    const unsubscribe = [
      index.subscribe(change => {
        if (this.queue.length < MAX_QUEUE) {
          this.queue.push(change);
        } else {
          this.stale = true;
        }
        this.notifier.notify();
      }),
      clusters.subscribe(() => {
        this.clustersChanged = true;
        this.notifier.notify();
      }),
    ];
    const timer = setInterval(() => this.recheck(), RECHECK);
    try {
      this.stale = !this.resume(lastEventId);
      while (!signal.aborted) {
        await this.flush();
        if (this.queue.length === 0 && !this.stale && !this.clustersChanged) {
          await this.notifier.wait(signal);
        }
      }
    } finally {
      clearInterval(timer);
      unsubscribe.forEach(stop => stop());
      events.end();
    }
  }

  /** Queues what a returning viewer missed; false when that is not known. */
  private resume(lastEventId: string | undefined): boolean {
    const [epoch, seq] = lastEventId?.split('-') ?? [];
    if (epoch !== this.options.epoch) {
      return false;
    }
    const missed = this.options.index.changesSince(Number(seq));
    this.queue.push(...(missed ?? []));
    return missed !== undefined;
  }

  private async flush(): Promise<void> {
    const { index, jobs, events, query } = this.options;
    if (this.stale) {
      this.stale = false;
      this.queue.length = 0;
      this.clustersChanged = false;
      const list = jobs.list(query, this.visible);
      await events.send('snapshot', list, this.id(index.lastSeq));
    }
    while (this.queue.length > 0 && !this.stale) {
      const change = this.queue.shift();
      if (change) {
        await this.send(change);
      }
    }
    if (this.clustersChanged) {
      this.clustersChanged = false;
      await events.send('clusters', jobs.statuses());
    }
  }

  private async send({ seq, before, after }: JobChange): Promise<void> {
    const { events } = this.options;
    if (after && this.shows(after)) {
      await events.send('upsert', after, this.id(seq));
    } else if (before && this.shows(before)) {
      const { cluster, namespace, name, uid } = before;
      await events.send(
        'remove',
        { cluster, namespace, name, uid },
        this.id(seq),
      );
    }
  }

  private shows(job: JobSummary): boolean {
    return this.matches(job) && this.visible(job);
  }

  private id(seq: number): string {
    return `${this.options.epoch}-${seq}`;
  }

  /** Takes up what the policy says now; ends when it says no. */
  private recheck(): void {
    this.options.recheck().then(
      visible => {
        this.visible = visible;
      },
      () => this.options.events.end(),
    );
  }
}
