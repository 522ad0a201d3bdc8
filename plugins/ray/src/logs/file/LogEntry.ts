import type { TextStyle } from '../terminal/TextStyle';

/** A line of the log. */
export interface LineEntry {
  readonly kind: 'line';
  /** From 1, from the first line of the log. */
  readonly number: number;
  readonly text: string;
  readonly time?: string;
  readonly source?: string;
  /** The style at the start of the line. */
  readonly start: TextStyle;
  /**
   * Set if the line seems to be the next state of a progress bar: the number of the
   * line with the first state.
   */
  readonly redraws?: number;
}

/** A note between the lines of the log. */
export interface MarkerEntry {
  readonly kind: 'marker';
  readonly marker: 'gap' | 'end' | 'waiting';
  readonly text: string;
}

/** A line that isn't loaded. */
export interface AbsentEntry {
  readonly kind: 'absent';
  /** Absent too until it is known. */
  readonly number?: number;
}

export type LogEntry = LineEntry | MarkerEntry | AbsentEntry;
