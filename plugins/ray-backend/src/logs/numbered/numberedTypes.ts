import type { LogLine } from '@ml-platform/backstage-plugin-ray-common';
import type { LogChunk } from './LogIndex';

export interface NumberedLine extends LogLine {
  /** From 1, from the log's own beginning. */
  readonly number: number;
}

/** Lines that are missing before a line. */
export interface MissingLines {
  /** Number of the line that comes after them. */
  readonly line: number;
  readonly reason: string;
  /** How many; where absent, the numbers after them count what was read only. */
  readonly lines?: number;
}

/** Consecutive lines as one text, each as it stands in the archive. */
export interface LogPart {
  /** Number of the first of its lines. */
  readonly first: number;
  readonly lines: number;
  readonly text: string;
}

/** A part, and where the equal lines begin that its first line belongs to. */
export interface RunPart extends LogPart {
  /** Number of the first of the equal lines, or of its own first line. */
  readonly firstRun: number;
}

/** A log that nothing is added to, whose chunks are read where they are. */
export interface WrittenLog {
  readonly chunks: readonly LogChunk[];
  readonly gaps: readonly MissingLines[];
  /** Number of the last line. */
  readonly last: number;
}
