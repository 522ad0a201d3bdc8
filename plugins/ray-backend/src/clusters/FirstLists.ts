import type { ListProgress } from '@ml-platform/kube';

const count = (value: number) => value.toLocaleString('en-US');

/** How far the first lists of a cluster's jobs are, one for each namespace. */
export class FirstLists {
  readonly #unread = new Map<string, ListProgress>();
  readonly #expected = new Map<string, number>();
  #read = 0;

  constructor(paths: readonly string[]) {
    paths.forEach(path => this.#unread.set(path, { read: 0 }));
  }

  /** True once all of them are in. */
  get complete(): boolean {
    return this.#unread.size === 0;
  }

  /** All of them together; `undefined` once they are in. */
  get progress(): ListProgress | undefined {
    if (this.complete) {
      return undefined;
    }
    const lists = [...this.#unread];
    const read = lists.reduce((sum, [, list]) => sum + list.read, this.#read);
    const totals = lists.flatMap(
      ([path, { total }]) => total ?? this.#expected.get(path) ?? [],
    );
    const total = totals.reduce((sum, one) => sum + one, this.#read);
    // Some may have been created since they were counted.
    return totals.length === lists.length
      ? { read, total: Math.max(read, total) }
      : { read };
  }

  /** @param total - objects of a list that does not tell how long it is */
  expect(path: string, total: number): void {
    this.#expected.set(path, total);
  }

  /** @param path - of the list that has come so far */
  advance(path: string, progress: ListProgress): void {
    if (this.#unread.has(path)) {
      this.#unread.set(path, progress);
    }
  }

  /** @param path - of the list that is in */
  finish(path: string): void {
    this.#read += this.#unread.get(path)?.read ?? 0;
    this.#unread.delete(path);
  }
}

/** Says how far the reading of a cluster's jobs is. */
export function readingJobs(
  title: string,
  { read, total }: ListProgress,
): string {
  const far =
    total === undefined
      ? `${count(read)} so far`
      : `${count(read)} of ${count(total)}`;
  return `Reading the jobs of ${title}: ${far}`;
}
