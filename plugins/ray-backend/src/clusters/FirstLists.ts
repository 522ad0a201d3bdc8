import type { ListProgress } from '@ml-platform/kube';

const count = (value: number) => value.toLocaleString('en-US');

/** How far the first lists of a cluster's jobs are, one for each namespace. */
export class FirstLists {
  readonly #unread = new Map<string, ListProgress>();
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
    const lists = [...this.#unread.values()];
    const read = lists.reduce((sum, list) => sum + list.read, this.#read);
    const totals = lists.flatMap(({ total }) => total ?? []);
    return totals.length === lists.length
      ? { read, total: totals.reduce((sum, total) => sum + total, this.#read) }
      : { read };
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
