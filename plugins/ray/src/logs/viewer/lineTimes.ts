import { clockTime, elapsedTime } from '../../times/formatTime';

/** What is shown of the time of a line: nothing, the time of day, or the time since the start. */
export type TimeColumn = 'off' | 'clock' | 'elapsed';

export interface LineTimes {
  readonly column: TimeColumn;
  /** IANA name of the zone that times are shown in. */
  readonly zone: string;
  /** Time of the log's first line, once it is known. */
  readonly start?: string;
}

/** The time of a line as its column shows it. */
export function lineTime(
  time: string | undefined,
  { column, zone, start }: LineTimes,
): string | undefined {
  return column === 'elapsed'
    ? elapsedTime(time, start)
    : clockTime(time, zone);
}
