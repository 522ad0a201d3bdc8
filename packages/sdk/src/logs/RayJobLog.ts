import { setTimeout } from 'node:timers/promises';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type { RayJob } from '@ml-platform/rayjob';
import type { PodLogEnd, RefusalPatience } from '@ml-platform/kube';
import { rayJobApiPath } from '../jobs/stopRayJob';
import { LinesBetween } from './LinesBetween';
import { missingLines } from './missingLines';
import type { DriverLogEvent, DriverLogSource } from './driverLogTypes';

export interface RayJobLogOptions extends Omit<DriverLogSource, 'cursor'> {
  readonly job: RayJob;
  /** Name of the run; see {@link runName}. */
  readonly runName: string;
  /** Lines that were read before. */
  readonly read?: number;
  readonly patience: RefusalPatience;
}

/** Ray gives out at most this many bytes, the last ones. */
const WINDOW = 16 * 1024 * 1024;

/** Lines by which the place is found again in a log that was cut at its head. */
const RECENT = 20;

/**
 * Milliseconds between two looks at the job. KubeRay looks each 3 s, and when it
 * sees the end, it may remove the cluster with the log.
 */
const POLL = 500;
/** Looks for each of which the log is read. */
const LOOKS = 3;
/**
 * Times that the last read took to wait before the next one: all of a long log
 * comes each time, and the archive may follow many jobs.
 */
const REST = 4;

const CUT =
  'Ray keeps only the last 16 MiB of this log; earlier lines may be missing or repeated';
const UNREAD =
  'The Ray cluster was removed before the end of the log was read; the last lines may be missing';
const SILENT = "The Ray cluster doesn't answer";

const ENDED = new Set(['SUCCEEDED', 'FAILED', 'STOPPED']);

/** Index after the last occurrence of the lines that were read last. */
function afterRecent(
  lines: readonly string[],
  recent: readonly string[],
): number | undefined {
  for (let end = lines.length; end >= recent.length; end -= 1) {
    const start = end - recent.length;
    if (
      recent.length > 0 &&
      recent.every((text, i) => lines[start + i] === text)
    ) {
      return end;
    }
  }
  return undefined;
}

/**
 * The driver's log from Ray's Job API, which gives the whole text each time (at
 * most its last 16 MiB) and neither times nor offsets: the number of lines read
 * is the cursor. Once the text reaches the window, the place is found again by the
 * last lines read. What comes before the window is read from Ray's own file; where that
 * fails a `gap` says so.
 */
export class RayJobLog {
  readonly #options: RayJobLogOptions;
  readonly #jobPath: string | undefined;
  #read: number;
  #tail: number | undefined;
  #recent: readonly string[] = [];
  /** Milliseconds since the epoch before which the log is not read again. */
  #restUntil = 0;
  #saidSilent = false;
  /** True once lines may be lost when the cluster goes. */
  #begun: boolean;

  constructor(options: RayJobLogOptions) {
    const { job, read, tailLines } = options;
    const id = encodeURIComponent(job.status?.jobId ?? '');
    this.#options = options;
    this.#jobPath = rayJobApiPath(job, `/api/jobs/${id}`);
    this.#read = read ?? 0;
    this.#begun = read !== undefined;
    this.#tail = read === undefined ? tailLines : undefined;
  }

  async *run(): AsyncGenerator<DriverLogEvent, PodLogEnd> {
    const { signal, follow, pollMs = POLL } = this.#options;
    if (!this.#jobPath) {
      return 'not-found';
    }
    while (!signal.aborted) {
      const end = yield* this.#round(this.#jobPath);
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

  /** One look at the job in Ray, and at its log where it is time for that. */
  async *#round(
    path: string,
  ): AsyncGenerator<DriverLogEvent, PodLogEnd | undefined> {
    const { client, signal, patience, follow, pollMs = POLL } = this.#options;
    try {
      // Status first: what is written after it is seen in the next round.
      const { status = '' } = await client.json<{ status?: string }>({
        path,
        signal,
      });
      patience.answered();
      this.#begun = true;
      const ended = ENDED.has(status);
      // KubeRay may remove the cluster any moment: the end doesn't wait.
      if (follow && !ended && Date.now() < this.#restUntil) {
        return undefined;
      }
      const begun = Date.now();
      const { logs = '' } = await client.json<{ logs?: string }>({
        path: `${path}/logs`,
        signal,
        timeoutMs: 30_000,
      });
      const tookMs = Date.now() - begun;
      this.#restUntil = begun + Math.max(LOOKS * pollMs, REST * tookMs);
      yield* this.#take(logs, ended);
      return ended ? 'completed' : undefined;
    } catch (error) {
      const { events, end } = this.#failed(error);
      yield* events;
      return end;
    }
  }

  /** @throws what another try does not cure */
  #failed(error: unknown): {
    readonly events: readonly DriverLogEvent[];
    readonly end?: PodLogEnd;
  } {
    const { signal, patience } = this.#options;
    if (signal.aborted) {
      return { events: [], end: 'read' };
    }
    if (error instanceof NotFoundError) {
      return {
        events: this.#begun ? [{ type: 'gap', reason: UNREAD }] : [],
        end: 'deleted',
      };
    }
    if (!(error instanceof ServiceUnavailableError || patience.bears(error))) {
      throw error;
    }
    if (this.#saidSilent) {
      return { events: [] };
    }
    this.#saidSilent = true;
    return { events: [{ type: 'waiting', message: SILENT }] };
  }

  async *#take(text: string, ended: boolean): AsyncGenerator<DriverLogEvent> {
    const all = text.split('\n');
    const rest = all.pop() ?? '';
    if (ended && rest) {
      all.push(rest);
    }
    if (this.#tail !== undefined) {
      this.#read = Math.max(0, all.length - this.#tail);
      this.#tail = undefined;
    }
    const isCut = Buffer.byteLength(text) >= WINDOW;
    const from = isCut ? afterRecent(all, this.#recent) : this.#read;
    const known = from ?? (yield* this.#fill(all));
    const texts = all.slice(known);
    this.#read = isCut
      ? this.#read + texts.length
      : Math.max(this.#read, all.length);
    this.#recent = [...this.#recent, ...texts.slice(-RECENT)].slice(-RECENT);
    yield* this.#piece(texts);
  }

  /**
   * Gives out the lines between the last ones and those that come next.
   * @returns how many of the next lines were given out before
   */
  async *#fill(
    next: readonly string[],
  ): AsyncGenerator<DriverLogEvent, number> {
    const { length } = this.#recent;
    const between = new LinesBetween({
      before: this.#recent,
      // The first may have been cut within.
      after: next.slice(1),
      from: length > 0 ? 0 : this.#read,
    });
    for await (const lines of missingLines(this.#options, between)) {
      this.#read += lines.length;
      yield* this.#piece(lines);
    }
    if (between.isSure) {
      return 1 + between.overlap;
    }
    yield { type: 'gap', reason: CUT };
    return 0;
  }

  #piece(texts: readonly string[]): readonly DriverLogEvent[] {
    const lines = texts.map(text => ({ text }));
    const cursor = {
      kind: 'driver',
      run: this.#options.runName,
      place: this.#read,
    } as const;
    return lines.length > 0 ? [{ type: 'lines', lines, cursor }] : [];
  }
}
