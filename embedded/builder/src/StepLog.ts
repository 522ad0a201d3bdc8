/** A step of a build's log. */
export interface LogStep {
  /** A line of what the step does, marked with the seconds since it began. */
  line(text: string): void;
  done(): void;
  /** It was done before. */
  cached(): void;
  /** It ends here, and this is why. */
  failed(reason: string): void;
}

/**
 * The log of a build, in the way of BuildKit's plain progress: steps have
 * numbers, and each of their lines begins with it.
 */
export class StepLog {
  readonly #write: (text: string) => void;
  readonly #now: () => number;
  #last = 0;

  constructor(options: {
    readonly write: (text: string) => void;
    /** Milliseconds. */
    readonly now?: () => number;
  }) {
    this.#write = options.write;
    this.#now = options.now ?? Date.now;
  }

  /** A line that belongs to no step. */
  line(text: string) {
    this.#write(`${text}\n`);
  }

  /** Begins a step. */
  step(title: string): LogStep {
    this.#last += 1;
    const number = this.#last;
    const started = this.#now();
    const seconds = (digits: number) =>
      ((this.#now() - started) / 1000).toFixed(digits);
    const write = (text: string) => this.line(`#${number} ${text}`);
    this.line('');
    write(title);
    return {
      line: text =>
        text.split('\n').forEach(part => write(`${seconds(3)} ${part}`)),
      done: () => write(`DONE ${seconds(1)}s`),
      cached: () => write('CACHED'),
      failed: reason => write(`ERROR: ${reason}`),
    };
  }
}
