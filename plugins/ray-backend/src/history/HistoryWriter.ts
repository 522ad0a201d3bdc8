import { jobPod, type JobSummary, type Pod } from '@ml-platform/rayjob';
import type { JobIndex } from '../jobs/JobIndex';
import type { JobRunRef } from '../jobs/jobRun';
import { EventBuffer } from './EventBuffer';
import { mergeRecords, runKey, type HistoryRecord } from './historyRecord';
import type { GoneJob, HistoryStore } from './HistoryStore';
import type { RunEvent } from './RunEvents';

export interface HistoryWriterOptions {
  readonly store: HistoryStore;
  readonly index: JobIndex;
  readonly clock: () => Date;
}

/** Gathers what is to be written to the history, and writes it in order. */
export class HistoryWriter {
  /** Batches that the database didn't take; they are written with the next one. */
  failures = 0;
  readonly #options: HistoryWriterOptions;
  #records = new Map<string, HistoryRecord>();
  #gone = new Map<string, GoneJob>();
  #events = new EventBuffer();
  #writing: Promise<void> = Promise.resolve();
  #podsOf: (ref: JobRunRef) => readonly Pod[] = () => [];

  constructor(options: HistoryWriterOptions) {
    this.#options = options;
  }

  /** True when all is written. */
  get idle(): boolean {
    return this.#records.size + this.#gone.size + this.#events.size === 0;
  }

  /** Where the pods of jobs are to be found from now on. */
  lookForPods(podsOf: (ref: JobRunRef) => readonly Pod[]): void {
    this.#podsOf = podsOf;
  }

  put(record: HistoryRecord): void {
    const key = runKey(record.summary);
    this.#records.set(key, mergeRecords(this.#records.get(key), record));
    this.#gone.delete(key);
  }

  /** To be called while the index still shows what the job was last. */
  putGone(job: GoneJob): void {
    const key = runKey(job.summary);
    const unwritten = this.#records.get(key);
    if (unwritten) {
      this.#records.set(key, this.#complete(unwritten));
    }
    this.#gone.set(key, job);
  }

  putEvent(run: JobSummary, event: RunEvent): void {
    this.#events.put(run, event);
  }

  /** Writes what there is, one batch after the other. */
  flush(): Promise<void> {
    const next = this.#writing.then(() => this.#write());
    this.#writing = next.catch(() => {});
    return next;
  }

  async #write(): Promise<void> {
    const { store, clock } = this.#options;
    const records = this.#records;
    const gone = this.#gone;
    const events = this.#events;
    if (this.idle) {
      return;
    }
    this.#records = new Map();
    this.#gone = new Map();
    this.#events = new EventBuffer();
    try {
      await store.save(
        [...records.values()].map(record => this.#complete(record)),
        clock(),
      );
      await store.saveGone([...gone.values()]);
      await store.events.save(events.all());
    } catch (error) {
      this.failures += 1;
      for (const [key, record] of this.#records) {
        records.set(key, mergeRecords(records.get(key), record));
      }
      this.#records = records;
      this.#gone = new Map([...gone, ...this.#gone]);
      events.add(this.#events);
      this.#events = events;
      throw error;
    }
  }

  /** With what the pods say, as the list shows it. */
  #complete(record: HistoryRecord): HistoryRecord {
    const shown = this.#options.index.getLive(record.summary);
    if (!shown) {
      return record;
    }
    const pods = this.#podsOf(shown).map(jobPod);
    return {
      ...record,
      summary: shown,
      pods: pods.length > 0 ? pods : record.pods,
    };
  }
}
