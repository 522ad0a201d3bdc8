import { useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useState } from 'react';
import { logApiRef, type LogQuery } from '../api/LogApi';
import type { RunRef } from '../api/RayApi';
import type { LogFile } from './file/LogFile';

/** Milliseconds after a failure, and most of them after many. */
const RETRY = 1_000;
const LONGEST_RETRY = 15_000;

export interface StartTimeOptions {
  readonly run: RunRef;
  readonly log: LogQuery;
  readonly file: LogFile;
  /** False while nobody needs it. */
  readonly isOn: boolean;
}

export interface StartTime {
  /** True once the first line is loaded. */
  readonly isKnown: boolean;
  /** ISO 8601; a line can be without it. */
  readonly time?: string;
  /** Why the first line couldn't be loaded; another try follows. */
  readonly failure?: Error;
}

interface Held extends StartTime {
  readonly file?: LogFile;
  readonly tries: number;
}

const NOTHING: Held = { isKnown: false, tries: 0 };

/** Time of the first line of a log. */
export function useStartTime(options: StartTimeOptions): StartTime {
  const { log, file, isOn } = options;
  const { cluster, namespace, name, uid } = options.run;
  const api = useApi(logApiRef);
  const [held, setHeld] = useState(NOTHING);
  const { first, last } = file.facts;
  const isThere = last >= first;
  const now = held.file === file ? held : NOTHING;
  const { isKnown, tries } = now;

  useEffect(() => {
    if (!isOn || !isThere || isKnown) {
      return undefined;
    }
    const stop = new AbortController();
    const load = async () => {
      const run = { cluster, namespace, name, uid };
      const request = { ...log, from: 1, count: 1 };
      let next: Held = { file, isKnown: false, tries: tries + 1 };
      try {
        const { lines } = await api.readLines(run, request, stop.signal);
        // Where there is none, the log is just being read again.
        next = { ...next, isKnown: lines.length > 0, time: lines[0]?.time };
      } catch (error) {
        next = { ...next, failure: error as Error };
      }
      if (!stop.signal.aborted) {
        setHeld(next);
      }
    };
    const wait = Math.min(LONGEST_RETRY, RETRY * 2 ** (tries - 1));
    const timer = setTimeout(load, tries > 0 ? wait : 0);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [
    api,
    cluster,
    namespace,
    name,
    uid,
    log,
    file,
    isOn,
    isThere,
    isKnown,
    tries,
  ]);
  return now;
}
