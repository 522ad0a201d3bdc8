import { NotFoundError } from '@backstage/errors';
import { existsSync } from 'node:fs';
import type { PodManager } from '../pods/PodManager';
import { containerStatus } from '../pods/ContainerRecord';
import { attemptToRead } from './attemptToRead';
import type { LogQuery } from './LogQuery';
import type { LogSource } from './LogSource';
import { readLog } from './readLog';

/** The logs of the node's pods, those of finished ones included. */
export class PodLogs implements LogSource {
  readonly #pods: PodManager;

  constructor(options: { readonly pods: PodManager }) {
    this.#pods = options.pods;
  }

  async *read(
    at: {
      readonly namespace: string;
      readonly pod: string;
      readonly container: string;
    },
    query: LogQuery,
    signal: AbortSignal,
  ): AsyncGenerator<Buffer> {
    await this.#pods.synced();
    const pod = this.#pods.pod(at.namespace, at.pod);
    if (!pod) {
      throw new NotFoundError(`pod "${at.pod}" does not exist`);
    }
    const { containers, initContainers = [] } = pod.spec;
    if (
      ![...containers, ...initContainers].some(
        ({ name }) => name === at.container,
      )
    ) {
      throw new NotFoundError(
        `container "${at.container}" not found in pod "${at.pod}"`,
      );
    }
    // What the worker knows is newer than what it has told the API server.
    const worker = this.#pods.worker(pod);
    const record = worker?.record(at.container);
    const status = record
      ? containerStatus(record)
      : [
          ...(pod.status?.containerStatuses ?? []),
          ...(pod.status?.initContainerStatuses ?? []),
        ].find(({ name }) => name === at.container);
    const attempt = attemptToRead({
      pod: at.pod,
      container: at.container,
      status,
      previous: query.previous,
    });
    const path = this.#pods.place(pod).logFile(at.container, attempt);
    if (!existsSync(path)) {
      throw new NotFoundError(
        `the log of container "${at.container}" in pod "${at.pod}" was removed`,
      );
    }
    yield* readLog({
      path,
      growing: worker?.growingLog(at.container, attempt),
      query,
      signal,
    });
  }
}
