import { createHash } from 'node:crypto';
import { jobMatcher, type JobSummary } from '@ml-platform/rayjob';
import type { Clusters } from '../clusters/Clusters';
import type { JobChange } from '../jobs/ChangeLog';
import type { JobIndex } from '../jobs/JobIndex';
import type { JobListQuery, Jobs } from '../jobs/Jobs';
import type { JobScope } from '../permissions/Authorizer';
import { Notifier } from '../util/Notifier';
import type { EventStream } from './sse';

/** Milliseconds between two looks at what a viewer may see. */
const RECHECK = 30_000;
/** Milliseconds between two counts. */
const RECOUNT = 1_000;
/** Changes that wait for a viewer before it gets a snapshot instead. */
const MAX_QUEUE = 2_000;

export interface JobViewerOptions {
  readonly index: JobIndex;
  readonly jobs: Pick<Jobs, 'list' | 'counts' | 'statuses'>;
  readonly clusters: Pick<Clusters, 'subscribe'>;
  readonly closing: AbortSignal;
  /** Names this process: numbers of changes mean nothing in another. */
  readonly epoch: string;
  readonly query: JobListQuery;
  /** True for a viewer that wants to know how many jobs there are. */
  readonly counts: boolean;
  /** What the viewer may see when it comes. */
  readonly scope: JobScope;
  /** What it may see now; rejects when that is nothing. */
  readonly recheck: () => Promise<JobScope>;
  /** Milliseconds between two looks at what it may see. */
  readonly recheckMs?: number;
  readonly events: Pick<EventStream, 'signal' | 'send' | 'end'>;
}

/** Name of the process, number of the change, and what the viewer looks at. */
const EVENT_ID = /^([^.]+)\.(\d+)\.([0-9a-f]+)$/;

/** One viewer of the list: has its own filter, its own rights and its own pace. */
export class JobViewer {
  readonly #options: JobViewerOptions;
  readonly #matches: (job: JobSummary) => boolean;
  readonly #queue: JobChange[] = [];
  readonly #notifier = new Notifier();
  #scope: JobScope;
  #view: string;
  #clustersChanged = false;
  #stale = false;
  /** The counts that were sent last, as JSON, and the change that they are of. */
  #counts = { text: '', seq: -1 };
  #recount: boolean;

  constructor(options: JobViewerOptions) {
    this.#options = options;
    this.#recount = options.counts;
    this.#scope = options.scope;
    this.#view = viewOf(options.query, options.scope);
    this.#matches = jobMatcher(options.query.filter) ?? (() => true);
  }

  async run(lastEventId: string | undefined): Promise<void> {
    const { index, clusters, events, closing, counts } = this.#options;
    const signal = AbortSignal.any([events.signal, closing]);
    const unsubscribe = [
      index.subscribe(change => {
        if (this.#queue.length < MAX_QUEUE) {
          this.#queue.push(change);
        } else {
          this.#stale = true;
        }
        this.#notifier.notify();
      }),
      clusters.subscribe(() => {
        this.#clustersChanged = true;
        this.#notifier.notify();
      }),
    ];
    const { recheckMs = RECHECK } = this.#options;
    const timers = [
      setInterval(() => this.#recheck(), recheckMs),
      setInterval(() => {
        if (counts && index.lastSeq !== this.#counts.seq) {
          this.#recount = true;
          this.#notifier.notify();
        }
      }, RECOUNT),
    ];
    try {
      this.#stale = !this.#resume(lastEventId);
      // What happened to them in the meantime is in no change of a job.
      this.#clustersChanged = true;
      while (!signal.aborted) {
        await this.#flush();
        if (
          this.#queue.length === 0 &&
          !this.#stale &&
          !this.#recount &&
          !this.#clustersChanged
        ) {
          await this.#notifier.wait(signal);
        }
      }
    } finally {
      timers.forEach(timer => clearInterval(timer));
      unsubscribe.forEach(stop => stop());
      events.end();
    }
  }

  /** Queues what a returning viewer missed; false when that is not known. */
  #resume(lastEventId: string | undefined): boolean {
    const { epoch, index } = this.#options;
    const [, ofEpoch, seq, view] = EVENT_ID.exec(lastEventId ?? '') ?? [];
    if (ofEpoch !== epoch || view !== this.#view) {
      return false;
    }
    const missed = index.changesSince(Number(seq));
    this.#queue.push(...(missed ?? []));
    return missed !== undefined;
  }

  async #flush(): Promise<void> {
    const { index, jobs, events, query, counts } = this.#options;
    if (this.#stale) {
      this.#stale = false;
      this.#queue.length = 0;
      this.#clustersChanged = false;
      this.#recount = counts;
      const list = jobs.list(query, this.#scope);
      await events.send('snapshot', list, this.#id(index.lastSeq));
    }
    while (this.#queue.length > 0 && !this.#stale) {
      const change = this.#queue.shift();
      if (change) {
        await this.#send(change);
      }
    }
    if (this.#recount) {
      this.#recount = false;
      await this.#sendCounts();
    }
    if (this.#clustersChanged) {
      this.#clustersChanged = false;
      await events.send('clusters', jobs.statuses());
    }
  }

  async #sendCounts(): Promise<void> {
    const { index, jobs, events, query } = this.#options;
    const counts = jobs.counts(query.filter, this.#scope);
    const text = JSON.stringify(counts);
    const changed = text !== this.#counts.text;
    this.#counts = { text, seq: index.lastSeq };
    if (changed) {
      await events.send('counts', counts);
    }
  }

  async #send({ seq, before, after }: JobChange): Promise<void> {
    const { events } = this.#options;
    if (after && this.#shows(after)) {
      await events.send('upsert', after, this.#id(seq));
    } else if (before && this.#shows(before)) {
      const { cluster, namespace, name, uid } = before;
      await events.send(
        'remove',
        { cluster, namespace, name, uid },
        this.#id(seq),
      );
    }
  }

  #shows(job: JobSummary): boolean {
    return this.#matches(job) && this.#scope.covers(job);
  }

  #id(seq: number): string {
    return `${this.#options.epoch}.${seq}.${this.#view}`;
  }

  /** Takes up what the policy says now; ends when it says no. */
  #recheck(): void {
    this.#options.recheck().then(
      scope => {
        if (scope.key !== this.#scope.key) {
          this.#scope = scope;
          this.#view = viewOf(this.#options.query, scope);
          // Rows may have to go that no change tells of.
          this.#stale = true;
          this.#notifier.notify();
        }
      },
      () => this.#options.events.end(),
    );
  }
}

/** A short text that differs where other rows would be shown. */
function viewOf(query: JobListQuery, { key }: JobScope): string {
  const text = JSON.stringify([key, query]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
