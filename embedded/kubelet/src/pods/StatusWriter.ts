import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  type KubeApi,
  kinds,
  type Pod,
  type PodStatus,
} from '@ml-platform/embedded-controller-runtime';
import { type Logger, sleep } from '@ml-platform/kube';

/**
 * Writes a pod's status whenever it changed: one write at a time, of what it is
 * by then, and again where the API server was away.
 */
export class StatusWriter {
  readonly #api: KubeApi;
  readonly #pod: () => Pod;
  readonly #status: () => PodStatus;
  readonly #logger: Logger;
  #wanted = false;
  #writing: Promise<void> | undefined;
  #written = '';
  #tries = 6;

  constructor(options: {
    readonly api: KubeApi;
    readonly pod: () => Pod;
    readonly status: () => PodStatus;
    readonly logger: Logger;
  }) {
    this.#api = options.api;
    this.#pod = options.pod;
    this.#status = options.status;
    this.#logger = options.logger;
  }

  /** Returns at once. */
  write(): void {
    this.#wanted = true;
    this.#writing ??= this.#run().finally(() => {
      this.#writing = undefined;
    });
  }

  /** Writes, and resolves when the latest status is in, or can't be brought in. */
  async flush(): Promise<void> {
    this.write();
    while (this.#writing) {
      await this.#writing;
    }
  }

  /** From now on no write is tried twice. */
  lastTry(): void {
    this.#tries = 1;
  }

  async #run(): Promise<void> {
    for (let failures = 0; this.#wanted;) {
      this.#wanted = false;
      // Changes of the same moment are one write.
      await sleep(5);
      const status = this.#status();
      const text = JSON.stringify(status);
      if (text === this.#written) {
        continue;
      }
      const { namespace, name, uid } = this.#pod().metadata;
      try {
        await this.#api.patch(
          kinds.pods,
          { namespace, name },
          { metadata: { uid }, status },
          'status',
        );
        this.#written = text;
        failures = 0;
      } catch (error) {
        // Gone, or another pod has the name.
        if (error instanceof NotFoundError || error instanceof ConflictError) {
          return;
        }
        failures += 1;
        this.#logger.warn(
          `Status of pod ${namespace}/${name} was not written: ${error}`,
        );
        if (failures >= this.#tries) {
          return;
        }
        this.#wanted = true;
        await sleep(200 * 2 ** failures);
      }
    }
  }
}
