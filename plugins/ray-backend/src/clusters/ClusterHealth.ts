import type { LoggerService } from '@backstage/backend-plugin-api';

export interface ClusterHealthOptions {
  /** Name of the cluster, for the log. */
  readonly cluster: string;
  /** What is wrong from the start, and stays so. */
  readonly problem?: string;
  readonly logger: LoggerService;
  /** Called when what is reported changes. */
  readonly onChange: () => void;
}

/**
 * Whether a cluster can be reached, by each of the ways in which it is looked at:
 * it counts as reachable when none of them fails.
 */
export class ClusterHealth {
  readonly #options: ClusterHealthOptions;
  readonly #errors = new Map<string, string>();

  constructor(options: ClusterHealthOptions) {
    this.#options = options;
  }

  /** Why the cluster can't be reached; `undefined` when it can. */
  get error(): string | undefined {
    return this.#options.problem ?? [...this.#errors.values()][0];
  }

  /**
   * @param way - as the path that is watched
   * @param error - `undefined` when this way works
   */
  report(way: string, error: string | undefined): void {
    const before = this.error;
    if (error === undefined) {
      this.#errors.delete(way);
    } else {
      this.#errors.set(way, error);
    }
    if (this.error !== before) {
      const { cluster, logger, onChange } = this.#options;
      if (this.error) {
        logger.warn(`${cluster}: ${this.error}`);
      } else {
        logger.info(`${cluster} is reachable`);
      }
      onChange();
    }
  }
}
