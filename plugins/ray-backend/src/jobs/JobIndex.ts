import {
  jobId,
  type JobFilter,
  type JobPendingChange,
  type JobRef,
  type JobSort,
  type JobSummary,
} from '@ml-platform/rayjob';
import type { RayJobDecorator } from '@ml-platform/backstage-plugin-ray-node';
import { isDeepStrictEqual } from 'node:util';
import { REASON_DELETED } from '../history/goneSummary';
import type { JobScope } from '../permissions/Authorizer';
import { ChangeLog, type JobChange } from './ChangeLog';
import { isFromGit } from '../gitops/manifestRow';
import { isOtherRun, isRun, type JobRunRef } from './jobRun';
import { keepMerge } from './keepMerge';
import { JobsByDuration } from './JobsByDuration';
import type { JobSelection } from './JobSelection';
import { JobSelections } from './JobSelections';
import type { JobSequence } from './JobSequence';
import { SortedJobs } from './SortedJobs';

export type JobListener = (change: JobChange) => void;

interface Entry {
  live?: JobSummary;
  git?: JobSummary;
  gone?: JobSummary;
  pending?: JobPendingChange;
  shown?: JobSummary;
}

/**
 * A row for each job: of those on a cluster, of those that so far exist only in
 * git, and of those that are gone. The row from the cluster wins; git adds where
 * the job came from and what is proposed to happen to it.
 */
export class JobIndex {
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<JobListener>();
  readonly #orders = new Map<JobSort, JobSequence>();
  readonly #selections = new JobSelections({ jobs: () => this.all() });
  readonly #decorators: readonly RayJobDecorator[];
  readonly #log = new ChangeLog();

  constructor(
    options: { readonly decorators?: readonly RayJobDecorator[] } = {},
  ) {
    this.#decorators = options.decorators ?? [];
  }

  /** Number of the last change. */
  get lastSeq(): number {
    return this.#log.lastSeq;
  }

  get(ref: JobRef): JobSummary | undefined {
    return this.#entries.get(jobId(ref))?.shown;
  }

  /** The row of a job that is on its cluster; of another run of it none. */
  getLive(ref: JobRunRef): JobSummary | undefined {
    const entry = this.#entries.get(jobId(ref));
    return entry?.live && isRun(entry.live.uid, ref) ? entry.shown : undefined;
  }

  *all(): IterableIterator<JobSummary> {
    for (const { shown } of this.#entries.values()) {
      if (shown) {
        yield shown;
      }
    }
  }

  /** Number of jobs. */
  get size(): number {
    return this.#selections.size;
  }

  /** All jobs by a field, from the first time that somebody asks for it. */
  inOrder(by: JobSort): JobSequence {
    let order = this.#orders.get(by);
    if (!order) {
      order =
        by === 'duration'
          ? new JobsByDuration(this.all())
          : new SortedJobs(by, this.all());
      this.#orders.set(by, order);
    }
    return order;
  }

  /** The jobs that a reader may see, and that have the filter's text and dates. */
  select(filter: JobFilter, scope: JobScope): JobSelection {
    return this.#selections.of(filter, scope);
  }

  /** Jobs that are on their cluster. */
  *allLive(): IterableIterator<JobSummary> {
    for (const { live, shown } of this.#entries.values()) {
      if (live && shown) {
        yield shown;
      }
    }
  }

  setLive(job: JobSummary): void {
    this.#update(jobId(job), ({ git, pending }) => ({
      git,
      pending,
      live: job,
    }));
  }

  removeLive(ref: JobRef): void {
    this.#update(jobId(ref), entry => ({ ...entry, live: undefined }));
  }

  /** The row of a job that was on its cluster. */
  setGone(job: JobSummary): void {
    this.#update(jobId(job), entry => ({ ...entry, gone: job }));
  }

  removeGone(ref: JobRef): void {
    this.#update(jobId(ref), entry => ({ ...entry, gone: undefined }));
  }

  /**
   * True for a job that was on its cluster and is no longer: it is listed only
   * for that, or another run has its name by now.
   */
  isGone(ref: JobRunRef): boolean {
    const { live, gone } = this.#entries.get(jobId(ref)) ?? {};
    return live ? !isRun(live.uid, ref) : gone !== undefined;
  }

  /** Replaces all rows that come from git. */
  replaceGit(jobs: readonly JobSummary[]): void {
    const next = new Map(jobs.map(job => [jobId(job), job]));
    for (const [id, entry] of this.#entries) {
      if (entry.git && !next.has(id)) {
        this.#update(id, current => ({ ...current, git: undefined }));
      }
    }
    for (const [id, job] of next) {
      this.#update(id, entry => ({ ...entry, git: job }));
    }
  }

  /**
   * Notes what a pull request proposes to do with a job, shown as
   * `gitops.pendingChange`; `undefined` once nothing is proposed any more. Of a
   * merged removal the history says that the job was stopped through it.
   */
  setPendingChange(ref: JobRef, change: JobPendingChange | undefined): void {
    if (this.get(ref)) {
      this.#update(jobId(ref), entry => ({ ...entry, pending: change }));
    }
  }

  /** Calls the listener for each change until the answer is called. */
  subscribe(listener: JobListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** The changes after one that was seen; `undefined` when some are forgotten. */
  changesSince(seq: number): readonly JobChange[] | undefined {
    return this.#log.since(seq);
  }

  #update(id: string, change: (entry: Entry) => Entry): void {
    const before = this.#entries.get(id) ?? {};
    const entry = change(before);
    const next = this.#show(entry);
    const isSame = next?.uid === before.shown?.uid;
    const shown =
      next && isSame && !isFromGit(next) ? keepMerge(next, before.shown) : next;
    if (shown) {
      this.#entries.set(id, { ...entry, shown });
    } else {
      this.#entries.delete(id);
    }
    if (before.shown !== shown) {
      this.#orders.forEach(order => order.change(before.shown, shown));
      this.#selections.change(before.shown, shown);
    }
    if (before.shown && shown && isOtherRun(before.shown, shown)) {
      this.#publish({ id, before: before.shown });
      this.#publish({ id, after: shown });
    } else if (!isDeepStrictEqual(before.shown, shown)) {
      this.#publish({ id, before: before.shown, after: shown });
    }
  }

  #show({ live, git, gone, pending }: Entry): JobSummary | undefined {
    const row = live ?? rowWithoutObject(git, gone);
    if (!row) {
      return undefined;
    }
    const inGit =
      row !== git && git?.gitops
        ? {
            ...row,
            gitops: {
              ...git.gitops,
              ...defined(row.gitops),
              path: git.gitops.path,
            },
          }
        : row;
    const proposed =
      inGit.gitops && inGit.gitops.pendingChange !== pending
        ? { ...inGit, gitops: { ...inGit.gitops, pendingChange: pending } }
        : inGit;
    return this.#decorators.reduce((job, decorate) => decorate(job), proposed);
  }

  #publish(change: Omit<JobChange, 'seq'>): void {
    const numbered = this.#log.add(change);
    for (const listener of this.#listeners) {
      listener(numbered);
    }
  }
}

/**
 * What is shown of a job that is not on its cluster. One that ended stays ended,
 * though its manifest is still in git; one that was deleted will come again.
 */
function rowWithoutObject(
  git: JobSummary | undefined,
  gone: JobSummary | undefined,
): JobSummary | undefined {
  const comesAgain =
    git && (git.state === 'awaiting-merge' || gone?.reason === REASON_DELETED);
  return comesAgain ? git : (gone ?? git);
}

/** Without the fields that are undefined, which would hide those below. */
function defined<T extends object>(value: T | undefined): Partial<T> {
  const entries = Object.entries(value ?? {}).filter(
    ([, field]) => field !== undefined,
  );
  return Object.fromEntries(entries) as Partial<T>;
}
