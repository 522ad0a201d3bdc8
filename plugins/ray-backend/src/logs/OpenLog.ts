import type { LogEnd, LogEvent } from './logTypes';

type Step = IteratorResult<LogEvent, LogEnd>;

/** A log that is being read, of which the first piece may be known already. */
export class OpenLog {
  readonly #stream: AsyncGenerator<LogEvent, LogEnd>;
  #first: Step | undefined;

  constructor(stream: AsyncGenerator<LogEvent, LogEnd>, first?: Step) {
    this.#stream = stream;
    this.#first = first;
  }

  next(): Promise<Step> {
    const first = this.#first;
    this.#first = undefined;
    return first ? Promise.resolve(first) : this.#stream.next();
  }

  /** Lets go of the log. */
  async close(): Promise<void> {
    await this.#stream.return({ reason: 'completed' });
  }
}
