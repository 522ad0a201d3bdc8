import { useMemo } from 'react';
import { useStartTime, type StartTimeOptions } from './useStartTime';
import type { LineTimes, TimeColumn } from './viewer/lineTimes';

const NO_TIME =
  "The first line has no time, so times since then can't be shown";

export interface LineTimesOptions extends Omit<StartTimeOptions, 'isOn'> {
  readonly column: TimeColumn;
  /** IANA name of the zone that times are shown in. */
  readonly zone: string;
}

/** What is shown of the time of each line, and why nothing is, where that is so. */
export function useLineTimes(options: LineTimesOptions): {
  readonly times: LineTimes;
  readonly problem?: string;
} {
  const { column, zone, ...rest } = options;
  const start = useStartTime({ ...rest, isOn: column === 'elapsed' });
  const { time, isKnown, failure } = start;
  const times = useMemo(
    () => ({ column, zone, start: time }),
    [column, zone, time],
  );
  if (column !== 'elapsed') {
    return { times };
  }
  if (failure) {
    const problem = `Couldn't load the time of the first line, trying again: ${failure.message}`;
    return { times, problem };
  }
  return { times, problem: isKnown && !time ? NO_TIME : undefined };
}
