import type { LogLine } from '@ml-platform/backstage-plugin-ray-common';
import type { TextStyle } from '../terminal/TextStyle';

/** A line of the log. */
export interface LineEntry {
  readonly kind: 'line';
  /** Counted from 1 over the lines that were received. */
  readonly number: number;
  readonly text: string;
  readonly time?: string;
  readonly source?: string;
  /** Style that the lines before left on. */
  readonly start: TextStyle;
  /**
   * For a line that seems to be a progress bar's next state: sequence number of
   * the line with its first.
   */
  readonly redraws?: number;
}

/** Something that the reader is told in the flow of the log. */
export interface MarkerEntry {
  readonly kind: 'marker';
  readonly marker: 'gap' | 'end' | 'waiting';
  readonly text: string;
}

export type ScrollbackEntry = LineEntry | MarkerEntry;

/** What is put into a buffer. */
export type NewEntry = ({ readonly kind: 'line' } & LogLine) | MarkerEntry;
