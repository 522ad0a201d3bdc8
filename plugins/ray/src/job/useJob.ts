import { useApi } from '@backstage/frontend-plugin-api';
import {
  jobId,
  type JobDetail,
  type JobRef,
  type JobStreamEvent,
  type JobSummary,
} from '@ml-platform/backstage-plugin-ray-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { rayApiRef } from '../api/RayApi';
import type { StreamState } from '../streams/StreamState';

export interface JobView {
  /** The newest row, ahead of `detail` while that is on its way. */
  readonly summary?: JobSummary;
  readonly detail?: JobDetail;
  /** Why there is no detail. */
  readonly error?: Error;
  readonly stream: StreamState;
  /** Grows with each change of the job: a sign to look again at what belongs to it. */
  readonly changes: number;
  readonly retry: () => void;
}

/** The row of a job in one event of the stream, if it is there. */
function rowOf(event: JobStreamEvent, id: string): JobSummary | undefined {
  switch (event.event) {
    case 'snapshot':
      return event.data.items.find(item => jobId(item) === id);
    case 'upsert':
      return jobId(event.data) === id ? event.data : undefined;
    default:
      return undefined;
  }
}

/** One job, live: its row from the stream, its detail fetched when it changed. */
export function useJob(ref: JobRef): JobView {
  const { cluster, namespace, name } = ref;
  const api = useApi(rayApiRef);
  const [view, setView] = useState<
    Pick<JobView, 'summary' | 'detail' | 'error'>
  >({});
  const [stream, setStream] = useState<StreamState>({ kind: 'connecting' });
  const [changes, setChanges] = useState(0);
  const [tries, setTries] = useState(0);
  const loading = useRef({ busy: false, again: false });

  useEffect(() => {
    const closed = new AbortController();
    const state = loading.current;
    const load = async () => {
      if (state.busy) {
        // One more look afterwards is enough for any number of changes.
        state.again = true;
        return;
      }
      state.busy = true;
      do {
        state.again = false;
        try {
          const detail = await api.getJob(
            { cluster, namespace, name },
            closed.signal,
          );
          setView({ detail, summary: detail.summary });
        } catch (error) {
          if (!closed.signal.aborted) {
            setView(current => ({ ...current, error: error as Error }));
          }
        }
      } while (state.again && !closed.signal.aborted);
      state.busy = false;
    };

    const id = jobId({ cluster, namespace, name });
    const filter = { cluster: [cluster], namespace: [namespace], q: name };
    const close = api.streamJobs(() => ({ filter, limit: 10 }), {
      onState: setStream,
      onEvent: event => {
        const removed = event.event === 'remove' && jobId(event.data) === id;
        const summary = rowOf(event, id);
        if (summary) {
          setView(current => ({ ...current, summary }));
        }
        if (summary || removed) {
          setChanges(count => count + 1);
          load();
        }
      },
    });
    setView({});
    state.again = false;
    load();
    return () => {
      close();
      closed.abort();
      loading.current = { busy: false, again: false };
    };
  }, [api, cluster, namespace, name, tries]);

  const retry = useCallback(() => setTries(count => count + 1), []);
  return { ...view, stream, changes, retry };
}
