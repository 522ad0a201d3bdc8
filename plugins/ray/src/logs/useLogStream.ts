import { useApi } from '@backstage/frontend-plugin-api';
import type { LogStreamEvent } from '@ml-platform/backstage-plugin-ray-common';
import { useCallback, useEffect, useState } from 'react';
import { rayApiRef, type RunRef } from '../api/RayApi';
import type { StreamState } from '../streams/StreamState';
import { useFrameBatch } from '../streams/useFrameBatch';
import { Scrollback, MAX_LINES } from './scrollback/Scrollback';
import { eventEntries } from './scrollback/eventEntries';

export interface LogStreamOptions {
  /** The run that wrote the log. */
  readonly run: RunRef;
  readonly source: string;
  readonly previous: boolean;
  /** The log is read again when this changes. */
  readonly attempt: number;
}

export interface LogStreamView {
  readonly buffer: Scrollback;
  /** Grows with each change of the buffer. */
  readonly version: number;
  readonly stream: StreamState;
  /** Why the log has ended, once it has. */
  readonly ended?: string;
  readonly retry: () => void;
}

interface Held {
  readonly buffer: Scrollback;
  readonly version: number;
  readonly ended?: string;
}

/** Follows a log and keeps its lines in a buffer for the view. */
export function useLogStream(options: LogStreamOptions): LogStreamView {
  const { source, previous, attempt } = options;
  const { cluster, namespace, name, uid } = options.run;
  const api = useApi(rayApiRef);
  const [held, setHeld] = useState<Held>(() => ({
    buffer: new Scrollback(),
    version: 0,
  }));
  const [stream, setStream] = useState<StreamState>({ kind: 'connecting' });
  const [tries, setTries] = useState(0);

  const batch = useFrameBatch<LogStreamEvent>(events =>
    setHeld(({ buffer, version, ended }) => {
      const end = events.find(({ event }) => event === 'end');
      return {
        buffer,
        version: version + 1,
        ended: end?.event === 'end' ? end.data.reason : ended,
      };
    }),
  );

  useEffect(() => {
    const buffer = new Scrollback();
    batch.clear();
    setHeld({ buffer, version: 0 });
    return api.streamLog(
      { cluster, namespace, name, uid },
      { source, previous, tail: MAX_LINES },
      {
        onEvent: event => {
          // Goes to the buffer now, and to the screen with the next frame.
          buffer.append(eventEntries(event));
          batch.push(event);
        },
        onState: setStream,
      },
    );
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
    tries,
  ]);

  const retry = useCallback(() => setTries(count => count + 1), []);
  return { ...held, stream, retry };
}
