import { isError } from '@backstage/errors';
import type {
  Environment,
  EnvironmentEvent,
} from '@ml-platform/embedded-images';
import type { BuildPlan, PlannedStep } from './dockerfile/Plan';
import type { LogStep, StepLog } from './StepLog';

const installsOf = (step: PlannedStep) =>
  'installs' in step ? step.installs : [];

/** Writes the steps of a plan into the log, in their order, as its installs come. */
export class InstallLog {
  readonly #steps: readonly PlannedStep[];
  readonly #log: StepLog;
  #open: LogStep | undefined;
  /** How many steps have been begun. */
  #begun = 0;

  constructor(plan: Pick<BuildPlan, 'steps'>, log: StepLog) {
    this.#steps = plan.steps;
    this.#log = log;
    this.#next();
  }

  on(event: EnvironmentEvent) {
    if (event.type === 'install-started') {
      while (!this.#current?.installs.includes(event.index)) {
        if (this.#begun === this.#steps.length) return;
        this.#close();
        this.#next();
      }
    } else if (event.type === 'install-output') {
      this.#open?.line(event.line);
    } else if (event.type === 'message') {
      this.#open?.line(event.message);
    }
  }

  /** The environment is there: all that is left is done. */
  finish({ reused }: Pick<Environment, 'reused'>) {
    while (this.#open) {
      this.#close(reused);
      this.#next();
    }
  }

  failed(error: unknown) {
    this.#open?.failed(isError(error) ? error.message : String(error));
    this.#open = undefined;
  }

  get #current() {
    const step = this.#steps[this.#begun - 1];
    return step && { ...step, installs: installsOf(step) };
  }

  #next() {
    const step = this.#steps[this.#begun];
    if (!step) {
      this.#open = undefined;
      return;
    }
    this.#begun += 1;
    this.#open = this.#log.step(
      `[${this.#begun}/${this.#steps.length}] ${step.text}`,
    );
  }

  #close(reused = false) {
    const step = this.#current;
    if (!step || !this.#open) return;
    if (step.kind === 'setting' && step.note) this.#open.line(step.note);
    for (const { text, reason } of step.notRun) {
      this.#open.line(`NOT RUN: ${text} (${reason})`);
    }
    if (reused && step.installs.length > 0) this.#open.cached();
    else if (step.notRun.length > 0 && step.installs.length === 0) {
      this.#open.line('nothing of this step took effect');
    } else this.#open.done();
  }
}
