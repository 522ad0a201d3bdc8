import { setTimeout } from 'node:timers/promises';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  LONGEST_LOG_LINE,
  readWholeLines,
  StreamBrokenError,
} from '../http/lines';
import { PODS, resourcePath } from '../http/resources';
import { Backoff } from '../watch/Backoff';
import { readContainer, type ContainerReading } from './containerState';
import { LogPosition } from './LogPosition';
import { floorToSecond, STAMP } from './logTime';
import { RefusalPatience } from './RefusalPatience';
import { ROTATED, SKIPPED } from './rotated';
import { SkippedFiles } from './SkippedFiles';
import { isTransient } from './isTransient';

import type { PodLogEnd, PodLogEvent, PodLogOptions } from './podLogTypes';

const REPLACED = 'The container was replaced; the end of its log is lost';

const UNREAD =
  'The connection to the cluster broke again and again; the rest of the log is missing here';

const REMOVED = 'The node no longer has the log';

/** Tries for the log of a container that has ended, each without a new line. */
const MAX_FAILURES = 6;

/** The work of {@link followPodLog}: one container, any number of connections. */
export class PodLogReader {
  readonly #options: PodLogOptions;
  readonly #backoff = new Backoff({ min: 200, max: 10_000 });
  readonly #patience: RefusalPatience;
  #position: LogPosition | undefined;
  #tailLines: number | undefined;
  #waitMessage = '';
  #failures = 0;
  /** What the last failure means for the lines that were not read. */
  #loss = REMOVED;

  constructor(options: PodLogOptions) {
    const { cursor } = options;
    this.#options = options;
    this.#patience = options.patience ?? new RefusalPatience();
    this.#tailLines = cursor ? undefined : options.tailLines;
    if (cursor && cursor.container !== options.container) {
      throw new InputError(
        `The cursor is for container ${cursor.container}, not ${options.container}; read the log again without it`,
      );
    }
    this.#position = cursor ? new LogPosition(cursor) : undefined;
  }

  async *run(): AsyncGenerator<PodLogEvent, PodLogEnd> {
    const { signal, follow, previous } = this.#options;
    let seen = false;
    while (!signal.aborted) {
      // Read before the log: if the container had ended by then, the log is
      // complete, and the end of the stream is the end.
      const state = await this.#look();
      if (state === undefined) {
        continue;
      }
      if (state.kind === 'absent') {
        return seen || this.#position ? 'deleted' : 'not-found';
      }
      seen = true;
      if (state.kind === 'waiting' && !previous && state.restartCount === 0) {
        if (!follow) {
          return 'read';
        }
        yield* this.#waitFor(state.message);
        continue;
      }
      yield* this.#enter(state);
      const whole = yield* this.#connect(state);
      this.#failures = whole ? 0 : this.#failures + 1;
      if (
        !whole &&
        state.kind === 'terminated' &&
        this.#failures > MAX_FAILURES
      ) {
        yield { type: 'gap', reason: this.#loss };
        return 'completed';
      }
      if (whole && (!follow || previous)) {
        return 'read';
      }
      if (whole && state.kind === 'terminated') {
        if (state.final) {
          return 'completed';
        }
        yield* this.#waitFor('The container has ended and will be restarted');
      } else {
        await this.#pause(this.#backoff.next());
      }
    }
    return 'read';
  }

  async #look(): Promise<ContainerReading | undefined> {
    const { client, signal } = this.#options;
    try {
      const state = await readContainer(client, this.#options, signal);
      this.#patience.answered();
      return state;
    } catch (error) {
      if (signal.aborted) {
        return undefined;
      }
      if (isTransient(error) || this.#patience.bears(error)) {
        await this.#pause(this.#backoff.next());
        return undefined;
      }
      throw error;
    }
  }

  async *#waitFor(message: string): AsyncGenerator<PodLogEvent> {
    if (message !== this.#waitMessage) {
      this.#waitMessage = message;
      yield { type: 'waiting', message };
    }
    await this.#pause(this.#options.pollMs ?? 1_000);
  }

  /** Waits; ends early when the signal aborts. */
  async #pause(ms: number): Promise<void> {
    const { signal } = this.#options;
    await setTimeout(ms, undefined, { signal }).catch(() => {});
  }

  /** Moves on to the container that runs now, after a restart or another pod. */
  async *#enter(
    state: Exclude<ContainerReading, { kind: 'absent' }>,
  ): AsyncGenerator<PodLogEvent> {
    const restartCount = this.#options.previous
      ? Math.max(0, state.restartCount - 1)
      : state.restartCount;
    const last = this.#position?.cursor;
    if (last?.podUid === state.podUid && last.restartCount === restartCount) {
      return;
    }
    if (last) {
      if (
        last.podUid === state.podUid &&
        last.restartCount === restartCount - 1
      ) {
        try {
          yield* this.#connect(state, true);
        } catch {
          yield { type: 'gap', reason: REPLACED };
        }
      } else {
        yield { type: 'gap', reason: REPLACED };
      }
    }
    this.#position = new LogPosition({
      kind: 'container',
      podUid: state.podUid,
      container: this.#options.container,
      restartCount,
      time: '',
      count: 0,
    });
  }

  /** One connection; true when it was read to an orderly end. */
  async *#connect(
    state: ContainerReading,
    previous = this.#options.previous ?? false,
  ): AsyncGenerator<PodLogEvent, boolean> {
    const { client, namespace, pod, container, signal } = this.#options;
    const position = this.#position;
    if (!position) {
      return false;
    }
    position.reopen();
    const { time } = position.cursor;
    const openedAt = Date.now();
    try {
      const stream = await client.stream({
        path: resourcePath(PODS, namespace, pod, 'log'),
        query: {
          container,
          timestamps: true,
          previous: previous || undefined,
          follow:
            (this.#options.follow && !previous && state.kind === 'running') ||
            undefined,
          sinceTime: time ? floorToSecond(time) : undefined,
          tailLines: time ? undefined : this.#tailLines,
        },
        accept: '*/*',
        signal,
      });
      const pieces = readWholeLines(stream, {
        idleMs: () => this.#options.idleMs ?? 60_000,
        longest: STAMP + LONGEST_LOG_LINE,
      });
      const skipped = new SkippedFiles(openedAt);
      let piece = await pieces.next();
      for (; !piece.done; piece = await pieces.next()) {
        for (const { text, after } of skipped.split(piece.value, Date.now())) {
          if (after === 'gap') yield { type: 'gap', reason: SKIPPED };
          if (after === 'again') position.reopen();
          yield* this.#take(position, text);
        }
      }
      // An unfinished last line counts only when nothing can follow it.
      if (previous || state.kind === 'terminated') {
        yield* this.#take(position, piece.value);
      }
      return true;
    } catch (error) {
      const missing =
        previous &&
        (error instanceof InputError || error instanceof NotFoundError);
      const passes =
        this.#patience.bears(error) || (isTransient(error) && !missing);
      if (signal.aborted || passes) {
        this.#loss = error instanceof StreamBrokenError ? UNREAD : REMOVED;
        return false;
      }
      throw error;
    }
  }

  *#take(position: LogPosition, text: string): Generator<PodLogEvent> {
    const lines = position.read(text);
    if (position.takeGap()) {
      yield { type: 'gap', reason: ROTATED };
    }
    if (lines.length > 0) {
      this.#backoff.reset();
      this.#failures = 0;
      yield { type: 'lines', lines, cursor: position.cursor };
    }
  }
}
