import type { LogLine } from '@ml-platform/backstage-plugin-ray-common';
import { archiveLine } from '../../archive/archiveText';
import { findTime, linesIn } from './chunkLines';
import { ChunkStore, FULL, type ChunkStoreOptions } from './ChunkStore';
import { LogIndex, type LogChunk } from './LogIndex';
import type {
  LogPart,
  MissingLines,
  NumberedLine,
  RunPart,
  WrittenLog,
} from './numberedTypes';
import { RepeatCounter } from './RepeatCounter';

export type * from './numberedTypes';

/** Full chunks that may wait for the disk. */
const WAITING = 4;
/** Chunks that are unpacked ahead of a reader, and those that are loaded. */
const AHEAD = 3;
const LOADED_AHEAD = 8;
/** Places of missing lines that are remembered, the latest ones. */
export const MOST_GAPS = 1_000;

/**
 * A log as a numbered file: packed chunks on disk, and in memory an index of
 * them, a few chunks, and the end that doesn't fill one yet.
 */
export class NumberedLog {
  readonly #store: ChunkStore;
  readonly #repeats = new RepeatCounter();
  readonly #index = new LogIndex();
  #gaps: readonly MissingLines[] = [];
  /** Lines of the chunk that isn't full yet. */
  #open: string[] = [];
  /** Number of the first of the lines that its first line is equal to. */
  #openRun = 1;
  #openLength = 0;
  /** Number that the next line gets. */
  #next = 1;
  #latest = '';
  /** Chunks on their way to the disk, in order. */
  #writing: Promise<void>[] = [];

  constructor(options: ChunkStoreOptions) {
    this.#store = new ChunkStore(options);
  }

  /** Number of the first line that is kept. */
  get first(): number {
    return this.#index.first?.first ?? this.#openFirst;
  }

  /** Number of the last line; one less than `first` where there is none. */
  get last(): number {
    return this.#next - 1;
  }

  /** The latest time of a line; empty where none has a time. */
  get latest(): string {
    return this.#latest;
  }

  /** Another array each time that one comes to them. */
  get gaps(): readonly MissingLines[] {
    return this.#gaps;
  }

  /** Bytes on disk. */
  get bytes(): number {
    return this.#store.bytes;
  }

  /**
   * Appends lines; waits while the disk is behind.
   * @throws what the disk fails with
   */
  async append(lines: readonly LogLine[]): Promise<void> {
    for (const line of lines) {
      const text = archiveLine(line);
      const run = this.#repeats.add(line, this.#next);
      if (this.#open.length === 0) {
        this.#openRun = run;
      }
      this.#open.push(text);
      this.#openLength += text.length;
      this.#next += 1;
      if (line.time !== undefined && line.time > this.#latest) {
        this.#latest = line.time;
      }
      if (this.#openLength >= FULL) {
        this.#seal();
      }
    }
    while (this.#writing.length > WAITING) {
      await this.#writing.shift();
    }
  }

  /** Takes up a log that is whole, of which nothing is here yet. */
  takeUp({ chunks, gaps, last }: WrittenLog): void {
    chunks.forEach(chunk => this.#index.add(chunk));
    this.#gaps = gaps;
    this.#next = last + 1;
    this.#latest = chunks.at(-1)?.latest ?? '';
  }

  /** Notes that lines are missing here; their numbers are left out where it is known. */
  miss(reason: string, lines?: number): void {
    this.#seal();
    this.#repeats.stop();
    this.#next += lines ?? 0;
    const gap = { line: this.#next, reason, lines };
    this.#gaps = [...this.#gaps, gap].slice(-MOST_GAPS);
  }

  /** Lines from a number on, fewer where they would be longer than `maxLength` characters. */
  async read(
    from: number,
    limits: { readonly count: number; readonly maxLength: number },
  ): Promise<NumberedLine[]> {
    const found: NumberedLine[] = [];
    let length = 0;
    for await (const part of this.parts(from, this.last)) {
      for (const line of linesIn(part, from)) {
        length += line.text.length;
        if (
          found.length >= limits.count ||
          (found.length > 0 && length > limits.maxLength)
        ) {
          return found;
        }
        found.push(line);
      }
    }
    return found;
  }

  /** Number of the first line of this time or later; `undefined` where there is none. */
  async lineSince(time: string): Promise<number | undefined> {
    return findTime(await this.#partOf(this.#index.since(time)), time);
  }

  /** The part with a line, or with the first one after it. */
  partAt(line: number): Promise<RunPart> {
    return this.#partOf(this.#index.at(line));
  }

  /** The last part that begins with a line of a run, or before; `first` is where that begins. */
  async lastPartOf(first: number): Promise<RunPart> {
    const open = this.#openPart();
    return open.lines > 0 && open.firstRun <= first
      ? open
      : this.#partOf(this.#index.lastOf(first));
  }

  /** The text of the lines between two numbers, and of those kept together with them. */
  async *parts(from: number, to: number): AsyncGenerator<LogPart> {
    const ahead: Promise<LogPart>[] = [];
    let next = from;
    const fill = () => {
      for (
        let chunk = this.#index.at(next);
        chunk &&
        chunk.first <= to &&
        ahead.length < (chunk.load ? LOADED_AHEAD : AHEAD);
        chunk = this.#index.at(next)
      ) {
        const { first, lines } = chunk;
        const part = this.#store
          .textOf(chunk)
          .then(text => ({ first, lines, text }));
        // Whoever takes it is told of its failure.
        part.catch(() => {});
        ahead.push(part);
        next = first + lines;
      }
    };
    fill();
    for (let part = ahead.shift(); part; part = ahead.shift()) {
      yield await part;
      fill();
    }
    const open = this.#openPart();
    if (open.lines > 0 && next <= this.last && open.first <= to) {
      yield open;
    }
  }

  /** Makes room: forgets the oldest lines that are on disk; false where none can go. */
  dropOldest(): boolean {
    const file = this.#store.dropOldest();
    if (file) {
      this.#index.dropWhile(({ place }) => place?.file === file);
    }
    return file !== undefined;
  }

  /** Frees what it holds. */
  close(): void {
    this.#store.close();
  }

  get #openFirst(): number {
    return this.#next - this.#open.length;
  }

  async #partOf(chunk: LogChunk | undefined): Promise<RunPart> {
    return chunk
      ? { ...chunk, text: await this.#store.textOf(chunk) }
      : this.#openPart();
  }

  #openPart(): RunPart {
    return {
      first: this.#openFirst,
      firstRun: this.#openRun,
      lines: this.#open.length,
      text: this.#open.join(''),
    };
  }

  /** Ends the chunk that isn't full, and sends it to the disk. */
  #seal(): void {
    if (this.#open.length === 0) {
      return;
    }
    const chunk: LogChunk = { ...this.#openPart(), latest: this.#latest };
    this.#index.add(chunk);
    this.#open = [];
    this.#openLength = 0;
    const before = this.#writing.at(-1);
    const written = this.#store.write(chunk, before);
    written.catch(() => {});
    this.#writing.push(written);
  }
}
