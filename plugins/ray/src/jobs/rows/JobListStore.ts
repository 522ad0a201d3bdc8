import type {
  JobList,
  JobStreamEvent,
} from '@ml-platform/backstage-plugin-ray-common';
import {
  decodeCursor,
  jobId,
  type CursorPosition,
  type JobOrder,
  type JobRef,
  type JobSummary,
} from '@ml-platform/rayjob';
import { NOTHING_KNOWN, type JobListFacts } from './JobListFacts';
import { JobRows } from './JobRows';
import { ShownRows } from './ShownRows';

/** Jobs that changed beyond the end of the rows, by id; absent where they are gone. */
type ExpectedPage = Map<string, JobSummary | undefined>;

/**
 * The rows that are loaded of a list, which grows page by page and follows the stream of
 * its changes. A change of a job beyond the last page is of no use until its page comes.
 */
export class JobListStore {
  readonly #listeners = new Set<() => void>();
  #order: JobOrder;
  #rows: JobRows;
  #shown: ShownRows;
  #facts = NOTHING_KNOWN;
  #version = 0;
  /** The end of the last page, where another follows. */
  #end: CursorPosition | undefined;
  /** Changes beyond the end since a page was requested: they may be newer than it. */
  #beyond: ExpectedPage | undefined;
  #changed: readonly JobSummary[] = [];
  #wantsHold = false;

  constructor(order: JobOrder) {
    this.#order = order;
    this.#rows = new JobRows(order, 0);
    this.#shown = new ShownRows(this.#rows);
  }

  get facts(): JobListFacts {
    return this.#facts;
  }

  get rows(): Pick<ShownRows, 'at' | 'size' | 'waiting' | 'held'> {
    return this.#shown;
  }

  /** The first rows, at most so many. */
  first(count: number): readonly JobSummary[] {
    return this.#rows.slice(count);
  }

  /** Grows whenever something is drawn differently. */
  get version(): number {
    return this.#version;
  }

  /** The jobs whose state the last events changed; the same object until others do. */
  get changed(): readonly JobSummary[] {
    return this.#changed;
  }

  /** True where another row has the same name, in another place. */
  repeats(name: string): boolean {
    return this.#rows.repeats(name);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** Something else was requested. The rows stay until the answer arrives. */
  ask(order: JobOrder): void {
    this.#order = order;
    this.#beyond = undefined;
    this.#set({ outdated: this.#facts.loaded, missing: 0 });
    this.#tell();
  }

  /** The user may no longer see the rows. */
  forget(): void {
    this.#begin(0);
    this.#facts = NOTHING_KNOWN;
    this.#tell();
  }

  /** Keeps every row in its place from now on, or no longer. */
  hold(held: boolean): void {
    this.#wantsHold = held;
    if (held && !this.#shown.held && this.#facts.loaded) {
      this.#shown.hold();
    } else if (!held && this.#shown.held) {
      this.#shown.release();
      this.#tell();
    }
  }

  /** Shows what waits, and holds the rows in their new places. */
  showWaiting(): void {
    this.#shown.release();
    this.hold(this.#wantsHold);
    this.#tell();
  }

  /** @param now - milliseconds since the epoch */
  apply(events: readonly JobStreamEvent[], now: number): void {
    const changed: JobSummary[] = [];
    for (const event of events) {
      if (event.event === 'snapshot') {
        this.#snapshot(event.data, now);
      } else if (event.event === 'clusters') {
        this.#set({ clusters: event.data });
      } else if (!this.#facts.outdated) {
        // Other changes don't belong to the rows of an earlier request.
        this.#change(event, changed);
      }
    }
    this.#changed = changed.length > 0 ? changed : this.#changed;
    this.#tell();
  }

  /**
   * A page is requested: from now on, changes beyond the end are kept for it.
   * @returns what the page has to come with
   */
  expectPage(): ExpectedPage {
    this.#beyond = new Map();
    return this.#beyond;
  }

  /** Puts a page below the rows, unless the list has begun anew since it was requested. */
  addPage(page: JobList, beyond: ExpectedPage): void {
    if (beyond !== this.#beyond) {
      return;
    }
    this.#end = this.#endOf(page);
    for (const job of page.items) {
      if (!this.#rows.get(jobId(job))) {
        this.#shown.append(job);
      }
    }
    this.#beyond = undefined;
    for (const [id, job] of beyond) {
      if (job) {
        this.#put(job);
      } else {
        this.#shown.delete(id);
      }
    }
    this.#set({
      cursor: page.nextCursor,
      missing: Math.max(0, this.#facts.missing - page.items.length),
    });
    this.#tell();
  }

  #begin(now: number): void {
    this.#rows = new JobRows(this.#order, now);
    this.#shown = new ShownRows(this.#rows);
    this.#end = undefined;
    this.#beyond = undefined;
  }

  /** A snapshot is complete: rows up to its end that aren't in it no longer exist. */
  #snapshot(list: JobList, now: number): void {
    const { loaded, outdated } = this.#facts;
    const before = this.#rows;
    const again = loaded && !outdated;
    const held = again && this.#shown.held ? this.#shown : undefined;
    const end = this.#endOf(list);
    this.#begin(end?.now ?? now);
    this.#end = end;
    for (const item of list.items) {
      const row = before.get(jobId(item));
      const same = JSON.stringify(row) === JSON.stringify(item);
      this.#shown.append(row && same ? row : item);
    }
    if (held) {
      this.#shown.holdAs(held);
    } else if (this.#wantsHold) {
      this.#shown.hold();
    }
    this.#set({
      total: list.total,
      clusters: list.clusters,
      cursor: list.nextCursor,
      loaded: true,
      outdated: false,
      missing: again ? Math.max(0, before.size - list.items.length) : 0,
    });
  }

  #change(
    event: Exclude<JobStreamEvent, { event: 'snapshot' | 'clusters' }>,
    changed: JobSummary[],
  ): void {
    if (event.event === 'counts') {
      this.#set(event.data);
    } else if (event.event === 'upsert') {
      const before = this.#rows.get(jobId(event.data));
      if (before && before.state !== event.data.state) {
        changed.push(event.data);
      }
      this.#put(event.data);
    } else {
      this.#remove(event.data);
    }
  }

  #put(job: JobSummary): void {
    if (this.#end && this.#rows.isAfter(job, this.#end)) {
      this.#shown.delete(jobId(job));
      this.#beyond?.set(jobId(job), job);
    } else {
      this.#shown.set(job);
    }
  }

  #remove(gone: JobRef & { readonly uid: string }): void {
    const id = jobId(gone);
    const row = this.#rows.get(id);
    // A later run with the same name is another job, and stays.
    if (row?.uid === gone.uid) {
      this.#shown.delete(id);
    } else if (!row) {
      this.#beyond?.set(id, undefined);
    }
  }

  #endOf({ nextCursor }: JobList): CursorPosition | undefined {
    return nextCursor ? decodeCursor(nextCursor, this.#order) : undefined;
  }

  #set(change: Partial<JobListFacts>): void {
    this.#facts = { ...this.#facts, ...change };
  }

  #tell(): void {
    this.#version += 1;
    this.#listeners.forEach(listener => listener());
  }
}
