import { setTimeout } from 'node:timers/promises';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type { RayJob } from '@ml-platform/rayjob';
import {
  IdleError,
  KubernetesError,
  StreamBrokenError,
  type PodLogEnd,
  type RefusalPatience,
} from '@ml-platform/kube';
import type { DriverLogEvent, DriverLogSource } from './driverLogTypes';
import { rayDriver, rayDriverFile, type RayDriver } from './rayDriverFile';

export interface RayJobLogOptions extends Omit<DriverLogSource, 'cursor'> {
  readonly job: RayJob;
  /** Name of the run; see {@link runName}. */
  readonly runName: string;
  /** Lines that were read before. */
  readonly read?: number;
  readonly patience: RefusalPatience;
}

/**
 * Milliseconds between two looks at the job. KubeRay looks each 3 s, and when it
 * sees the end, it may remove the cluster with the log.
 */
const POLL = 500;

const UNREAD =
  'The Ray cluster was removed before the end of the log was read; the last lines may be missing';
const SILENT = "The Ray cluster doesn't answer";

const ENDED = new Set(['SUCCEEDED', 'FAILED', 'STOPPED']);

/** True for what another try may cure. */
const isPassing = (error: unknown) =>
  error instanceof ServiceUnavailableError ||
  error instanceof StreamBrokenError ||
  // Ray has no file yet, or its dashboard has troubles of its own.
  (error instanceof KubernetesError && error.statusCode >= 500);

const lastOf = (lines: readonly string[], count: number) =>
  lines.slice(Math.max(0, lines.length - count));

/**
 * The driver's log where no pod has it: Ray's own file, followed until Ray says that the
 * job has ended. Its lines have no times; the number of lines read is the cursor.
 */
export class RayJobLog {
  readonly #options: RayJobLogOptions;
  #read: number;
  /** The last line that was read, by which the file's end is known again. */
  #last: string | undefined;
  #tail: number | undefined;
  #saidSilent = false;
  /** True once lines may be lost when the cluster goes. */
  #begun: boolean;

  constructor(options: RayJobLogOptions) {
    const { read, tailLines } = options;
    this.#options = options;
    this.#read = read ?? 0;
    this.#begun = read !== undefined;
    this.#tail = read === undefined ? tailLines : undefined;
  }

  async *run(): AsyncGenerator<DriverLogEvent, PodLogEnd> {
    const { signal, follow, pollMs = POLL } = this.#options;
    while (!signal.aborted) {
      const end = yield* this.#tryOnce();
      if (end) {
        return end;
      }
      if (!follow) {
        return 'read';
      }
      await setTimeout(pollMs, undefined, { signal }).catch(() => {});
    }
    return 'read';
  }

  /** Reads as far as one connection goes; the end where the log has ended. */
  async *#tryOnce(): AsyncGenerator<DriverLogEvent, PodLogEnd | undefined> {
    try {
      const driver = await this.#look();
      if (!driver) {
        return 'not-found';
      }
      const { follow } = this.#options;
      const { node, status } = driver;
      const ended = ENDED.has(status);
      if (node && (ended || !follow || this.#tail !== undefined)) {
        yield* this.#readFile(node, ended);
      } else if (node) {
        yield* this.#follow(node);
      }
      return ended ? 'completed' : undefined;
    } catch (error) {
      const { event, end } = this.#failed(error);
      yield* event ? [event] : [];
      return end;
    }
  }

  async #look(): Promise<RayDriver | undefined> {
    const driver = await rayDriver(this.#options);
    this.#options.patience.answered();
    this.#begun ||= driver !== undefined;
    return driver;
  }

  /** Reads what is there, from the first line that was not read. */
  async *#readFile(
    node: string,
    ended: boolean,
  ): AsyncGenerator<DriverLogEvent> {
    const file = rayDriverFile(this.#options, { node });
    let last: readonly string[] = [];
    let at = 0;
    const tail = this.#tail;
    let next = await file.next();
    for (; !next.done; next = await file.next()) {
      at += next.value.length;
      if (tail === undefined) {
        yield* this.#take(next.value, at);
      } else {
        last = lastOf([...last, ...next.value], tail);
      }
    }
    const rest = ended && next.value ? [next.value] : [];
    const lines = tail === undefined ? rest : lastOf([...last, ...rest], tail);
    if (tail !== undefined) {
      this.#tail = undefined;
      this.#read = at + rest.length - lines.length;
    }
    yield* this.#take(lines, at + rest.length);
  }

  /** Reads what is there and what is written, until the job ends. */
  async *#follow(node: string): AsyncGenerator<DriverLogEvent> {
    const { signal, pollMs = POLL } = this.#options;
    const stop = new AbortController();
    const until = { signal: AbortSignal.any([signal, stop.signal]) };
    // From the line on that was read last, if it is still the last one.
    const last = this.#last;
    this.#last = undefined;
    const lines = last === undefined ? undefined : 1;
    const source = { ...this.#options, ...until };
    const file = rayDriverFile(source, { node, follow: true, lines });
    let at = last === undefined ? 0 : this.#read - 1;
    let next = file.next();
    let looked = Date.now();
    let tick: Promise<undefined> | undefined;
    try {
      while (!signal.aborted) {
        tick ??= setTimeout(pollMs, undefined, until).catch(() => undefined);
        const piece = await Promise.race([next, tick]);
        if (piece?.done) {
          return;
        }
        if (piece) {
          const [first] = piece.value;
          if (at < this.#read && last !== undefined && first !== last) {
            // Others came in the meantime.
            return;
          }
          this.#last ??= last;
          at += piece.value.length;
          next = file.next();
          yield* this.#take(piece.value, at);
        } else {
          tick = undefined;
        }
        if (Date.now() - looked >= pollMs) {
          const driver = await this.#look();
          looked = Date.now();
          if (!driver || ENDED.has(driver.status)) {
            return;
          }
        }
      }
    } finally {
      stop.abort();
      await next.catch(() => {});
      await file.return('');
    }
  }

  /** @throws what another try does not cure */
  #failed(error: unknown): {
    readonly event?: DriverLogEvent;
    readonly end?: PodLogEnd;
  } {
    const { signal, patience } = this.#options;
    if (signal.aborted) {
      return { end: 'read' };
    }
    if (error instanceof NotFoundError) {
      const event = { type: 'gap', reason: UNREAD } as const;
      return { event: this.#begun ? event : undefined, end: 'deleted' };
    }
    if (error instanceof IdleError) {
      return {};
    }
    if (!isPassing(error) && !patience.bears(error)) {
      throw error;
    }
    if (this.#saidSilent) {
      return {};
    }
    this.#saidSilent = true;
    return { event: { type: 'waiting', message: SILENT } };
  }

  /**
   * Gives out those lines that were not read.
   * @param at - number of the last of them
   */
  *#take(texts: readonly string[], at: number): Generator<DriverLogEvent> {
    const fresh = Math.min(texts.length, Math.max(0, at - this.#read));
    if (fresh === 0) {
      return;
    }
    const lines = texts.slice(-fresh).map(text => ({ text }));
    this.#read = at;
    this.#last = texts.at(-1);
    const { runName: run } = this.#options;
    yield { type: 'lines', lines, cursor: { kind: 'driver', run, place: at } };
  }
}
