interface ShutdownOptions {
  readonly stepTimeoutMs: number;
  /** Told of each step that failed or took too long. */
  readonly onProblem: (message: string) => void;
}

/**
 * Ends what was started, last first. Each step gets a bounded time, so that
 * one that hangs does not keep the others alive.
 */
export class Shutdown {
  readonly #steps: {
    name: string;
    close: () => Promise<void> | void;
  }[] = [];
  #running?: Promise<void>;

  readonly #options: ShutdownOptions;

  constructor(options: ShutdownOptions) {
    this.#options = options;
  }

  add(name: string, close: () => Promise<void> | void): void {
    this.#steps.push({ name, close });
  }

  run(): Promise<void> {
    this.#running ??= this.#closeAll();
    return this.#running;
  }

  async #closeAll(): Promise<void> {
    for (const { name, close } of this.#steps.reverse()) {
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<never>((_, reject) => {
        timer = setTimeout(
          () => reject(new Error('did not end in time')),
          this.#options.stepTimeoutMs,
        );
      });
      try {
        await Promise.race([close(), timeout]);
      } catch (error) {
        this.#options.onProblem(`${name}: ${error}`);
      } finally {
        clearTimeout(timer);
      }
    }
  }
}
