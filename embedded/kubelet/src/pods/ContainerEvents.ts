import type {
  EventRecorder,
  Pod,
} from '@ml-platform/embedded-controller-runtime';
import type { ProbeKind } from '../probes/Prober';

/** The events of one container, in kubelet's words. */
export class ContainerEvents {
  readonly #events: EventRecorder;
  readonly #pod: () => Pod;
  readonly #name: string;
  readonly #fieldPath: string;

  constructor(options: {
    readonly events: EventRecorder;
    readonly pod: () => Pod;
    readonly name: string;
    readonly init: boolean;
  }) {
    this.#events = options.events;
    this.#pod = options.pod;
    this.#name = options.name;
    const list = options.init ? 'initContainers' : 'containers';
    this.#fieldPath = `spec.${list}{${options.name}}`;
  }

  pulling(image: string): void {
    this.#normal('Pulling', `Pulling image "${image}"`);
  }

  /** An image that has to be made first takes minutes: tells what it is at. */
  pullProgress(image: string, message: string): void {
    this.#normal('Pulling', `Pulling image "${image}": ${message}`);
  }

  pulled(image: string, tookMs: number | undefined): void {
    this.#normal(
      'Pulled',
      tookMs === undefined
        ? `Container image "${image}" already present on machine`
        : `Successfully pulled image "${image}" in ${duration(tookMs)} (${duration(tookMs)} including waiting)`,
    );
  }

  pullFailed(image: string, error: string): void {
    this.#warn('Failed', `Failed to pull image "${image}": ${error}`);
    this.#warn('Failed', 'Error: ErrImagePull');
  }

  pullBackOff(image: string): void {
    this.#normal('BackOff', `Back-off pulling image "${image}"`);
    this.#warn('Failed', 'Error: ImagePullBackOff');
  }

  created(): void {
    this.#normal('Created', `Created container: ${this.#name}`);
  }

  started(): void {
    this.#normal('Started', `Started container ${this.#name}`);
  }

  failed(message: string): void {
    this.#warn('Failed', `Error: ${message}`);
  }

  stopping(): void {
    this.#normal('Killing', `Stopping container ${this.#name}`);
  }

  restarting(kind: 'Startup' | 'Liveness'): void {
    this.#normal(
      'Killing',
      `Container ${this.#name} failed ${kind.toLowerCase()} probe, will be restarted`,
    );
  }

  unhealthy(kind: ProbeKind, output: string): void {
    this.#warn('Unhealthy', `${kind} probe failed: ${output}`);
  }

  restartBackOff(): void {
    const { namespace, name, uid } = this.#pod().metadata;
    this.#warn(
      'BackOff',
      `Back-off restarting failed container ${this.#name} in pod ${name}_${namespace}(${uid})`,
    );
  }

  hookFailed(hook: 'PostStart' | 'PreStop', output: string): void {
    this.#warn(`Failed${hook}Hook`, `${hook}Hook failed: ${output}`);
  }

  #normal(reason: string, message: string): void {
    this.#record('Normal', reason, message);
  }

  #warn(reason: string, message: string): void {
    this.#record('Warning', reason, message);
  }

  #record(type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.#events.record(this.#pod(), {
      type,
      reason,
      message,
      fieldPath: this.#fieldPath,
    });
  }
}

function duration(ms: number): string {
  return ms < 1000 ? `${ms}ms` : `${(ms / 1000).toFixed(3)}s`;
}
