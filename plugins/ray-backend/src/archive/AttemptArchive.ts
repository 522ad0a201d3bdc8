import type {
  LogArchive,
  LogArchiveKey,
} from '@ml-platform/backstage-plugin-ray-node';
import {
  beginsAnew,
  decodeLogCursor,
  encodeLogCursor,
  ReadLines,
  type DriverCursor,
  type DriverLogEvent,
  type KnownLines,
} from '@ml-platform/sdk';
import { archiveLine, BoundedText, gapLine, placeLine } from './archiveText';
import { LogParts } from './LogParts';

/** Bytes of the end of a log that are kept of one that is too long. */
const TAIL = 1024 * 1024;
/** Bytes of text after which a part is written at once. */
const FULL = 1024 * 1024;
/** Milliseconds between two parts of a log, at least and at most. */
const SOONEST = 5_000;
const LATEST = 60_000;
/** Share of the time since a log began after which its next part is written. */
const SHARE = 1 / 60;

export interface AttemptArchiveOptions {
  readonly archive: LogArchive;
  readonly key: LogArchiveKey;
  /** Bytes of text that are kept. */
  readonly maxBytes: number;
  readonly clock: () => Date;
}

/**
 * The log of one attempt on its way into the archive. Each part ends with the
 * place that it reaches to, so that another backend can continue there.
 */
export class AttemptArchive {
  readonly #options: AttemptArchiveOptions;
  readonly #parts: LogParts;
  readonly #bounded: BoundedText;
  /** What a reader who continues has to know. */
  readonly known: KnownLines = { read: new ReadLines() };
  #cursor: DriverCursor | undefined;
  #count = 0;
  /** Text of the next part, and the place that it reaches to. */
  #text: string[] = [];
  #bytes = 0;
  #place: DriverCursor | undefined;
  #begunAt: number;
  #partAt: number;
  #isMerged = false;
  #writing: Promise<void> = Promise.resolve();

  private constructor(options: AttemptArchiveOptions) {
    const { archive, key, maxBytes, clock } = options;
    this.#options = options;
    this.#parts = new LogParts(archive, key);
    const head = Math.max(0, maxBytes - TAIL);
    this.#bounded = new BoundedText({ head, tail: TAIL });
    this.#begunAt = clock().getTime();
    this.#partAt = this.#begunAt;
  }

  /** Continues what is in the archive, whoever has written it. */
  static async open(options: AttemptArchiveOptions): Promise<AttemptArchive> {
    const attempt = new AttemptArchive(options);
    await attempt.#resume();
    return attempt;
  }

  /** True for a log that is complete, though nobody has noted it. */
  get isComplete(): boolean {
    return this.#isMerged;
  }

  /** The place after the last line that was taken. */
  get cursor(): DriverCursor | undefined {
    return this.#cursor;
  }

  /** Takes what comes next in the log; waits while a full part is written. */
  async take(event: DriverLogEvent): Promise<void> {
    if (event.type === 'waiting') {
      return;
    }
    if (event.type === 'lines') {
      this.#cursor = event.cursor;
    }
    const lines =
      event.type === 'lines'
        ? event.lines.map(archiveLine)
        : [gapLine(event.reason)];
    const text = this.#bounded.push(lines);
    if (text !== '') {
      this.#text.push(text);
      this.#bytes += text.length;
      this.#place = this.#cursor;
    }
    if (this.#bytes >= FULL) {
      await this.flush();
    }
  }

  /** True when it is time to write what was taken. */
  isDue(): boolean {
    const now = this.#options.clock().getTime();
    const pause = Math.min(
      LATEST,
      Math.max(SOONEST, SHARE * (now - this.#begunAt)),
    );
    return this.#text.length > 0 && now - this.#partAt >= pause;
  }

  /**
   * Writes what was taken so far.
   * @throws {ConflictError} when another backend writes the log too
   */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#writePart());
    return this.#writing;
  }

  /** Completes the log; `empty` when it has no line. */
  async finish(): Promise<'done' | 'empty'> {
    const rest = this.#bounded.finish();
    if (rest !== '') {
      this.#text.push(rest);
      this.#place = this.#cursor;
    }
    await this.flush();
    if (this.#count > 0 && !this.#isMerged) {
      await this.#parts.merge(this.#count);
    }
    return this.#count > 0 || this.#isMerged ? 'done' : 'empty';
  }

  async #writePart(): Promise<void> {
    if (this.#text.length === 0) {
      return;
    }
    const text = this.#text.splice(0).join('');
    this.#bytes = 0;
    const { uid } = this.#options.key;
    const place = this.#place
      ? placeLine(encodeLogCursor(uid, this.#place))
      : '';
    await this.#parts.add(this.#count + 1, text + place);
    this.#count += 1;
    this.#partAt = this.#options.clock().getTime();
  }

  async #resume(): Promise<void> {
    this.#isMerged = await this.#parts.isMerged();
    this.#count = await this.#parts.count();
    if (this.#isMerged) {
      await this.#parts.removeParts(this.#count);
      return;
    }
    for await (const line of (await this.#parts.lines()) ?? []) {
      if (line.kind === 'place') {
        const { cursor } = decodeLogCursor(line.cursor);
        this.#cursor = cursor.kind === 'driver' ? cursor : this.#cursor;
      } else if (line.kind === 'line') {
        this.#bounded.wrote(archiveLine(line));
        this.known.read.push([line]);
      } else if (beginsAnew(line.reason)) {
        this.known.read = new ReadLines();
      }
    }
  }
}
