import type { JobFilter, JobState, JobSummary } from '@ml-platform/rayjob';
import type { JobFacets } from '@ml-platform/backstage-plugin-ray-common';

/** The fields that jobs are counted by. */
const FIELDS = ['cluster', 'namespace', 'state', 'workload', 'owner'] as const;
type Field = (typeof FIELDS)[number];

/** Values of a field in one answer. */
const MOST_VALUES = 1_000;

/** Jobs that are the same in all fields. */
interface Group {
  readonly job: JobSummary;
  readonly jobs: Set<JobSummary>;
}

type Wanted = readonly {
  readonly field: Field;
  readonly values: ReadonlySet<unknown>;
}[];

const groupOf = (job: JobSummary) =>
  JSON.stringify(FIELDS.map(field => job[field]));

function wantedBy(filter: JobFilter): Wanted {
  return FIELDS.flatMap(field => {
    const values = filter[field];
    return values?.length ? [{ field, values: new Set<unknown>(values) }] : [];
  });
}

/** The fields in which a job is not what is wanted. */
function misses(wanted: Wanted, job: JobSummary): readonly Field[] {
  return wanted
    .filter(({ field, values }) => !values.has(job[field]))
    .map(({ field }) => field);
}

/**
 * Jobs that pass a test, grouped by the fields that filters name and kept as they
 * change: what a filter of those fields finds is counted by group and not by job.
 */
export class JobSelection {
  readonly #groups = new Map<string, Group>();
  readonly #passes: ((job: JobSummary) => boolean) | undefined;
  #size = 0;

  /** @param passes - answers the same for a job each time; all pass where absent */
  constructor(
    jobs: Iterable<JobSummary>,
    passes?: (job: JobSummary) => boolean,
  ) {
    this.#passes = passes;
    for (const job of jobs) {
      this.change(undefined, job);
    }
  }

  /** Number of jobs, whatever is in their fields. */
  get size(): number {
    return this.#size;
  }

  change(before: JobSummary | undefined, after: JobSummary | undefined): void {
    if (before && this.#has(before)) {
      this.#remove(before);
    }
    if (after && this.#has(after)) {
      this.#add(after);
    }
  }

  /** Number of jobs that have what the filter wants in their fields. */
  count(filter: JobFilter): number {
    const wanted = wantedBy(filter);
    if (wanted.length === 0) {
      return this.#size;
    }
    let count = 0;
    for (const { job, jobs } of this.#groups.values()) {
      count += misses(wanted, job).length === 0 ? jobs.size : 0;
    }
    return count;
  }

  /** Number of jobs in each state, as if the filter wanted any state. */
  states(filter: JobFilter): Readonly<Partial<Record<JobState, number>>> {
    const wanted = wantedBy({ ...filter, state: undefined });
    const counts: Partial<Record<JobState, number>> = {};
    for (const { job, jobs } of this.#groups.values()) {
      if (misses(wanted, job).length === 0) {
        counts[job.state] = (counts[job.state] ?? 0) + jobs.size;
      }
    }
    return counts;
  }

  /**
   * The values of each field with the number of jobs that have them, as if the filter
   * wanted any value of that field: what one gets by choosing it.
   */
  facets(filter: JobFilter): JobFacets {
    const wanted = wantedBy(filter);
    const counts = new Map(
      FIELDS.map(field => [field, new Map<unknown, number>()]),
    );
    let total = 0;
    for (const { job, jobs } of this.#groups.values()) {
      const missed = misses(wanted, job);
      total += missed.length === 0 ? jobs.size : 0;
      for (const field of missed.length > 1 ? [] : FIELDS) {
        if (missed.length === 0 || missed[0] === field) {
          const values = counts.get(field);
          const value = job[field];
          values?.set(value, (values.get(value) ?? 0) + jobs.size);
        }
      }
    }
    const of = (field: Field) => valuesOf(counts.get(field) ?? new Map());
    return {
      total,
      cluster: of('cluster'),
      namespace: of('namespace'),
      state: of('state'),
      workload: of('workload'),
      owner: of('owner'),
    };
  }

  /** The jobs that have what the filter wants in their fields, in no order. */
  *matching(filter: JobFilter): Iterable<JobSummary> {
    const wanted = wantedBy(filter);
    for (const { job, jobs } of this.#groups.values()) {
      if (misses(wanted, job).length === 0) {
        yield* jobs;
      }
    }
  }

  #has(job: JobSummary): boolean {
    return this.#passes?.(job) ?? true;
  }

  #add(job: JobSummary): void {
    const key = groupOf(job);
    let group = this.#groups.get(key);
    if (!group) {
      group = { job, jobs: new Set() };
      this.#groups.set(key, group);
    }
    group.jobs.add(job);
    this.#size += 1;
  }

  #remove(job: JobSummary): void {
    const key = groupOf(job);
    const group = this.#groups.get(key);
    if (group?.jobs.delete(job)) {
      this.#size -= 1;
      if (group.jobs.size === 0) {
        this.#groups.delete(key);
      }
    }
  }
}

/** The values that most jobs have, by name; what is no text can't be chosen. */
function valuesOf(counts: ReadonlyMap<unknown, number>): JobFacets[Field] {
  const texts = [...counts].flatMap(([value, count]) =>
    typeof value === 'string' && value !== '' ? [{ value, count }] : [],
  );
  const most =
    texts.length > MOST_VALUES
      ? texts.sort((a, b) => b.count - a.count).slice(0, MOST_VALUES)
      : texts;
  return {
    values: most.sort((a, b) => (a.value < b.value ? -1 : 1)),
    others: texts.length - most.length,
  };
}
