import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useState } from 'react';
import { logApiRef, type LogQuery } from '../../api/LogApi';
import type { RunRef } from '../../api/RayApi';
import { parseTarget } from './parseTarget';

const HOW =
  'Write the number of a line, a time as 21:06:21, or a date and a time as 2026-11-23 21:06:21';

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

  const goTo = useCallback(
    async (text: string) => {
      setProblem(undefined);
      const target = parseTarget(text, { zone, day: day() });
      if (!target) {
        setProblem(HOW);
      } else if ('line' in target) {
        onLine(target.line);
      } else {
        try {
          const request = { ...log, time: target.time, count: 1 };
          const { lines } = await api.readLines(run, request);
          if (lines.length > 0) {
            onLine(lines[0].number);
          } else {
            setProblem('The log has no line of this time or later');
          }
        } catch (error) {
          setProblem(`Couldn't go there: ${(error as Error).message}`);
        }
      }
    },
    [api, day, log, onLine, run, zone],
  );
  return { goTo, problem };
}
