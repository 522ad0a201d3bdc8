import { useApi } from '@backstage/frontend-plugin-api';
import type { LogLinesEvent } from '@ml-platform/backstage-plugin-ray-common';
import { useCallback, useEffect, useState } from 'react';
import { logApiRef } from '../api/LogApi';
import type { RunRef } from '../api/RayApi';
import type { StreamState } from '../streams/StreamState';
import { useFrameBatch } from '../streams/useFrameBatch';
import { LogFile } from './file/LogFile';
import { PageLoader } from './file/PageLoader';

export interface LogFileOptions {
  /** The run that wrote the log. */
  readonly run: RunRef;
  readonly source: string;
  readonly previous: boolean;
  /** The log is read again when this changes. */
  readonly attempt: number;
  /** What the job waits for before it has any log. */
  readonly waiting?: string;
}

export interface LogFileView {
  readonly file: LogFile;
  /** Grows with each change of the file. */
  readonly version: number;
  readonly stream: StreamState;
  /** Why lines couldn't be loaded; another try follows. */
  readonly failure?: Error;
  /** Has the lines between two places loaded. */
  readonly show: PageLoader['show'];
  readonly retry: () => void;
}

interface Held {
  readonly file: LogFile;
  readonly loader?: PageLoader;
  readonly version: number;
  readonly failure?: Error;
}

const newer = (held: Held): Held => ({ ...held, version: held.version + 1 });

/** A log that is followed, and whose lines are loaded where somebody looks. */
export function useLogFile(options: LogFileOptions): LogFileView {
  const { source, previous, attempt, waiting } = options;
  const { cluster, namespace, name, uid } = options.run;
  const api = useApi(logApiRef);
  const [held, setHeld] = useState<Held>(() => ({
    file: new LogFile(),
    version: 0,
  }));
  const [stream, setStream] = useState<StreamState>({ kind: 'connecting' });
  const [tries, setTries] = useState(0);
  const retry = useCallback(() => setTries(count => count + 1), []);
  const batch = useFrameBatch<LogLinesEvent>(() => setHeld(newer));

  useEffect(() => {
    const run = { cluster, namespace, name, uid };
    const query = { source, previous };
    const file = new LogFile();
    const loader = new PageLoader({
      places: file,
      read: async (span, signal) =>
        (await api.readLines(run, { ...query, ...span }, signal)).lines,
      add: lines => file.add(lines),
      onChange: failure => setHeld(now => newer({ ...now, failure })),
    });
    batch.clear();
    setHeld({ file, loader, version: 0 });
    if (waiting !== undefined) {
      file.wait(waiting);
      return undefined;
    }
    const close = api.follow(
      run,
      { ...query, fold: true },
      {
        onEvent: event => {
          // Goes to the file now, and to the screen with the next frame.
          if (event.event === 'log') {
            file.take({ missing: file.facts.missing, ...event.data });
          } else if (event.data.reason === 'restarted') {
            retry();
          } else if (event.data.reason === 'error') {
            file.fail(event.data.message);
          }
          batch.push(event);
        },
        onState: setStream,
      },
    );
    return () => {
      close();
      loader.close();
    };
  }, [
    api,
    batch,
    cluster,
    namespace,
    name,
    uid,
    source,
    previous,
    attempt,
    waiting,
    tries,
    retry,
  ]);

  const { file, loader, version, failure } = held;
  const show = useCallback<PageLoader['show']>(
    (from, to, open) => loader?.show(from, to, open),
    [loader],
  );
  return { file, version, stream, failure, show, retry };
}
