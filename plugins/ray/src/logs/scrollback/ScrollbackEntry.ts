import type { LogLine } from '@ml-platform/backstage-plugin-ray-common';
import type { TextStyle } from '../terminal/TextStyle';

/** A line of the log. */
export interface LineEntry {
  readonly kind: 'line';
  /** Counted from 1, over all received lines. */
  readonly number: number;
  readonly text: string;
  readonly time?: string;
  readonly source?: string;
  /** The style at the start of the line. */
  readonly start: TextStyle;
  /**
   * Set if the line seems to be the next state of a progress bar: the sequence
   * number of the line with the first state.
   */
  readonly redraws?: number;
}

/** A note between the lines of the log. */
export interface MarkerEntry {
  readonly kind: 'marker';
  readonly marker: 'gap' | 'end' | 'waiting';
  readonly text: string;
}

export type ScrollbackEntry = LineEntry | MarkerEntry;

/** An entry to append to a buffer. */
export type NewEntry = ({ readonly kind: 'line' } & LogLine) | MarkerEntry;
