/**
 * Ends what was started, last first. Each step gets a bounded time, so that
 * one that hangs does not keep the others alive.
 */
export class Shutdown {
  private readonly steps: {
    name: string;
    close: () => Promise<void> | void;
  }[] = [];
  private running?: Promise<void>;

  constructor(
    private readonly options: {
      readonly stepTimeoutMs: number;
      readonly onProblem: (message: string) => void;
    },
  ) {}

  add(name: string, close: () => Promise<void> | void): void {
    this.steps.push({ name, close });
  }

  run(): Promise<void> {
    this.running ??= this.closeAll();
    return this.running;
  }

  private async closeAll(): Promise<void> {
    for (const { name, close } of this.steps.reverse()) {
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<never>((_, reject) => {
        timer = setTimeout(
          () => reject(new Error('did not end in time')),
          this.options.stepTimeoutMs,
        );
      });
      try {
        await Promise.race([close(), timeout]);
      } catch (error) {
        this.options.onProblem(`${name}: ${error}`);
      } finally {
        clearTimeout(timer);
      }
    }
  }
}
