import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useEffect, useRef, useState } from 'react';
import { logApiRef, type LogQuery } from '../../api/LogApi';
import type { RunRef } from '../../api/RayApi';
import { parseTarget } from './parseTarget';

const HOW =
  'Write the number of a line, a time as 21:06:21, or a date and a time as 2026-11-23 21:06:21';

/** Why a time leads nowhere. */
const NOWHERE = {
  'no-times': 'The lines of this log have no times',
  no: 'The log has no line of this time or later',
} as const;

export interface GoToOptions {
  readonly run: RunRef;
  readonly log: LogQuery;
  /** IANA name of the zone that times are written in. */
  readonly zone: string;
  /** ISO 8601 of a moment on the day that a time without a date is on. */
  readonly day: () => string;
  readonly onLine: (number: number) => void;
}

export interface GoToView {
  readonly goTo: (text: string) => void;
  /** Why it didn't go anywhere. */
  readonly problem?: string;
}

/** Goes to a line or a time that somebody writes. */
export function useGoTo(options: GoToOptions): GoToView {
  const { run, log, zone, day, onLine } = options;
  const api = useApi(logApiRef);
  const [problem, setProblem] = useState<string>();

  const asked = useRef(0);
  useEffect(
    () => () => {
      asked.current += 1;
    },
    [],
  );

  const goTo = useCallback(
    async (text: string) => {
      asked.current += 1;
      const mine = asked.current;
      setProblem(undefined);
      const target = parseTarget(text, { zone, day: day() });
      if (!target) {
        setProblem(HOW);
        return;
      }
      if ('line' in target) {
        onLine(target.line);
        return;
      }
      const request = { ...log, time: target.time, count: 1 };
      try {
        for (;;) {
          const { lines, timeFound } = await api.readLines(run, request);
          if (asked.current !== mine) {
            return;
          }
          if (timeFound !== 'not-yet') {
            setProblem(
              lines.length > 0
                ? undefined
                : NOWHERE[timeFound === 'no-times' ? timeFound : 'no'],
            );
            lines.slice(0, 1).forEach(({ number }) => onLine(number));
            return;
          }
          setProblem('Reading the log up to this time…');
        }
      } catch (error) {
        setProblem(`Couldn't go there: ${(error as Error).message}`);
      }
    },
    [api, day, log, onLine, run, zone],
  );
  return { goTo, problem };
}
