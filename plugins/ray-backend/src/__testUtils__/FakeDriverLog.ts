import { NotFoundError } from '@backstage/errors';
import type { PodLogEnd } from '@ml-platform/kube';
import type { DriverLogEvent } from '@ml-platform/sdk';
import type { RunLogOpener } from '../archive/ArchiveTask';
import { Notifier } from '../util/Notifier';

/** What the driver of one run writes, with a number for each line. */
export class FakeDriverLog {
  /** Times that somebody began to read. */
  opened = 0;
  /** Readers at the moment. */
  readers = 0;
  readonly #lines: string[] = [];
  /** Lines that the pod has no longer. */
  #lost = 0;
  #end: PodLogEnd | undefined;
  #isGone = false;
  readonly #changed = new Notifier();

  write(...lines: string[]): void {
    this.#lines.push(...lines);
    this.#changed.notify();
  }

  /** The pod goes, and takes what was written. */
  lose(): void {
    this.#lost = this.#lines.length;
    this.end('deleted');
  }

  /** The job goes: there is nothing to read any more. */
  vanish(): void {
    this.#isGone = true;
  }

  end(how: PodLogEnd = 'completed'): void {
    this.#end = how;
    this.#changed.notify();
  }

  readonly open: RunLogOpener = options => this.#read(options);

  async *#read({
    cursor,
    signal,
  }: Parameters<RunLogOpener>[0]): AsyncGenerator<DriverLogEvent, PodLogEnd> {
    if (this.#isGone) {
      throw new NotFoundError('There is no such job');
    }
    this.opened += 1;
    this.readers += 1;
    let at = typeof cursor?.place === 'number' ? cursor.place : 0;
    try {
      while (!signal.aborted) {
        const from = Math.max(at, this.#lost);
        const lines = this.#lines.slice(from).map(text => ({ text }));
        at = Math.max(at, this.#lines.length);
        if (lines.length > 0) {
          yield {
            type: 'lines',
            lines,
            cursor: { kind: 'driver', run: 'r', place: at },
          };
        } else if (this.#end) {
          return this.#end;
        } else {
          await this.#changed.wait(signal);
        }
      }
      return 'read';
    } finally {
      this.readers -= 1;
    }
  }
}
