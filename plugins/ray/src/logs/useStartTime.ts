import { useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useState } from 'react';
import { logApiRef, type LogQuery } from '../api/LogApi';
import type { RunRef } from '../api/RayApi';
import type { LogFile } from './file/LogFile';

export interface StartTimeOptions {
  readonly run: RunRef;
  readonly log: LogQuery;
  readonly file: LogFile;
  /** False while nobody needs it. */
  readonly isOn: boolean;
}

interface Known {
  readonly file: LogFile;
  readonly time?: string;
}

/** Time of the first line of a log, as ISO 8601; undefined until it is known. */
export function useStartTime(options: StartTimeOptions): string | undefined {
  const { log, file, isOn } = options;
  const { cluster, namespace, name, uid } = options.run;
  const api = useApi(logApiRef);
  const [known, setKnown] = useState<Known>();
  const { first, last } = file.facts;
  const isThere = last >= first;
  const isKnown = known?.file === file;

  useEffect(() => {
    if (!isOn || !isThere || isKnown) {
      return undefined;
    }
    const stop = new AbortController();
    const request = { ...log, from: 1, count: 1 };
    api.readLines({ cluster, namespace, name, uid }, request, stop.signal).then(
      ({ lines }) => setKnown({ file, time: lines[0]?.time }),
      // The lines can't be loaded either, and the status bar says why.
      () => {},
    );
    return () => stop.abort();
  }, [api, cluster, namespace, name, uid, log, file, isOn, isThere, isKnown]);
  return isKnown ? known.time : undefined;
}
