import { useApi } from '@backstage/frontend-plugin-api';
import type {
  ClusterStatus,
  JobDetail,
  JobStreamEvent,
} from '@ml-platform/backstage-plugin-ray-common';
import { jobId } from '@ml-platform/rayjob';

import { useCallback, useEffect, useReducer, useState } from 'react';
import { SEARCH_MAX_LENGTH } from '../api/JobListRequest';
import { rayApiRef, type RunRef } from '../api/RayApi';
import type { StreamState } from '../streams/StreamState';
import {
  isMissing,
  jobViewReducer,
  type JobView,
  type JobViewAction,
} from './jobView';
import { Refresher } from './Refresher';

export interface LiveJob extends JobView {
  readonly stream: StreamState;
  readonly retry: () => void;
}

/** What one event of the stream says about a job, and about its cluster. */
function readEvent(
  event: JobStreamEvent,
  ref: RunRef,
): {
  readonly job?: JobViewAction;
  readonly clusters?: readonly ClusterStatus[];
} {
  const id = jobId(ref);
  switch (event.event) {
    case 'snapshot': {
      const { items, clusters } = event.data;
      const summary = items.find(item => jobId(item) === id);
      // A job without a row may be gone. Only the backend knows.
      return {
        job: summary ? { type: 'row', summary } : { type: 'changed' },
        clusters,
      };
    }
    case 'upsert':
      return jobId(event.data) === id
        ? { job: { type: 'row', summary: event.data } }
        : {};
    case 'remove':
      return jobId(event.data) === id ? { job: { type: 'changed' } } : {};
    case 'clusters':
      return { clusters: event.data };
    default:
      return {};
  }
}

/**
 * One job, live. The row comes from the stream. The details are loaded again when
 * the row changes and after a reconnect.
 */
export function useJob(ref: RunRef): LiveJob {
  const { cluster, namespace, name, uid } = ref;
  const api = useApi(rayApiRef);
  const [view, dispatch] = useReducer(jobViewReducer, {
    pinned: uid,
    changes: 0,
  });
  const [stream, setStream] = useState<StreamState>({ kind: 'connecting' });
  const [tries, setTries] = useState(0);

  useEffect(() => {
    const run = { cluster, namespace, name, uid };
    const refresher = new Refresher<JobDetail>({
      load: signal => api.getJob(run, signal),
      onValue: (detail, overtaken) =>
        dispatch({ type: 'detail', detail, overtaken }),
      onError: error => {
        dispatch({ type: 'error', error });
        return !isMissing(error);
      },
    });
    let lost = false;
    let ok = true;
    const takeClusters = (clusters: readonly ClusterStatus[]) => {
      const status = clusters.find(each => each.name === cluster);
      if (status) {
        dispatch({ type: 'cluster', cluster: status });
        if (status.ok && !ok) {
          refresher.refresh();
        }
        ok = status.ok;
      }
    };
    const filter = {
      cluster: [cluster],
      namespace: [namespace],
      q: name.slice(0, SEARCH_MAX_LENGTH),
    };
    const close = api.streamJobs(
      { filter, limit: 10 },
      {
        onState: state => {
          setStream(state);
          if (state.kind === 'live' && lost) {
            // Pods and attempts may have changed in the meantime.
            dispatch({ type: 'changed' });
            refresher.refresh();
          }
          lost = state.kind === 'reconnecting';
          if (state.kind === 'failed' && isMissing(state.error)) {
            dispatch({ type: 'error', error: state.error });
          }
        },
        onEvent: event => {
          const { job, clusters } = readEvent(event, run);
          if (clusters) {
            takeClusters(clusters);
          }
          if (job) {
            dispatch(job);
            refresher.refresh();
          }
        },
      },
    );
    refresher.refresh();
    return () => {
      close();
      refresher.close();
    };
  }, [api, cluster, namespace, name, uid, tries]);

  const retry = useCallback(() => setTries(count => count + 1), []);
  return { ...view, stream, retry };
}
