import type { LogLine } from '@ml-platform/backstage-plugin-ray-common';
import { FULL } from '../logs/numbered/ChunkStore';
import { MOST_GAPS } from '../logs/numbered/NumberedLog';
import { RepeatCounter } from '../logs/numbered/RepeatCounter';
import type { ArchivedChunk, ArchiveIndex } from './archiveIndex';
import { parseArchiveLine } from './archiveText';

/** Writes the index of a log, piece by piece as it is packed. */
export class ArchiveIndexer {
  readonly #repeats = new RepeatCounter();
  readonly #chunks: ArchivedChunk[] = [];
  readonly #gaps: ArchiveIndex['gaps'] = [];
  /** Reasons of the gaps after the last line. */
  readonly #said = new Set<string>();
  /** Number that the next line gets. */
  #next = 1;
  #latest = '';
  /** The bytes that are found together, and the lines in them. */
  #offset = 0;
  #length = 0;
  #characters = 0;
  #lines = 0;
  /** Chunks within them, of which only the last one grows. */
  #open: Omit<ArchivedChunk, 'length'>[] = [];
  #isClosed = true;

  /**
   * Takes the text of the next piece.
   * @param bytes - of it when it is packed
   */
  add(text: string, bytes: number): void {
    for (let start = 0; start < text.length;) {
      const end = text.indexOf('\n', start);
      const archived = parseArchiveLine(
        text.slice(start, end < 0 ? undefined : end),
      );
      if (archived.kind === 'line') {
        this.#take(archived);
      } else if (archived.kind === 'gap') {
        this.#miss(archived.reason, archived.lines);
      }
      start = end < 0 ? text.length : end + 1;
    }
    this.#length += bytes;
    this.#characters += text.length;
    if (this.#characters >= FULL) {
      this.#seal();
    }
  }

  finish(): ArchiveIndex {
    this.#seal();
    return {
      version: 1,
      last: this.#next - 1,
      chunks: this.#chunks,
      gaps: this.#gaps.slice(-MOST_GAPS),
    };
  }

  #take(line: LogLine): void {
    const { time = '' } = line;
    const firstRun = this.#repeats.add(line, this.#next);
    this.#latest = time > this.#latest ? time : this.#latest;
    if (this.#isClosed) {
      this.#open.push({
        first: this.#next,
        lines: 0,
        firstRun,
        latest: this.#latest,
        offset: this.#offset,
        skip: this.#lines,
      });
      this.#isClosed = false;
    }
    const chunk = this.#open[this.#open.length - 1];
    chunk.lines += 1;
    chunk.latest = this.#latest;
    this.#next += 1;
    this.#lines += 1;
    this.#said.clear();
  }

  #miss(reason: string, lines: number | undefined): void {
    if (this.#said.has(reason)) {
      return;
    }
    this.#said.add(reason);
    this.#repeats.stop();
    this.#isClosed = true;
    this.#next += lines ?? 0;
    this.#gaps.push({ line: this.#next, reason, lines });
  }

  /** Ends the bytes that are found together. */
  #seal(): void {
    const length = this.#length;
    this.#chunks.push(...this.#open.map(chunk => ({ ...chunk, length })));
    this.#offset += length;
    this.#length = 0;
    this.#characters = 0;
    this.#lines = 0;
    this.#open = [];
    this.#isClosed = true;
  }
}
