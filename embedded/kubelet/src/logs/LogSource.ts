import type { LogQuery } from './LogQuery';

/** Finds and reads the logs of containers. */
export interface LogSource {
  /**
   * @throws {NotFoundError} when there is no such pod or container
   * @throws {InputError} when the container has no log yet
   */
  read(
    at: {
      readonly namespace: string;
      readonly pod: string;
      readonly container: string;
    },
    query: LogQuery,
    signal: AbortSignal,
  ): AsyncIterable<Buffer>;
}
