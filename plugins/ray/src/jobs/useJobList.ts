import { useApi } from '@backstage/frontend-plugin-api';
import type { JobStreamEvent } from '@ml-platform/backstage-plugin-ray-common';
import { parseJobOrder } from '@ml-platform/rayjob';

import { useCallback, useEffect, useReducer, useState } from 'react';
import type { JobListRequest } from '../api/JobListRequest';
import { rayApiRef } from '../api/RayApi';
import type { StreamState } from '../streams/StreamState';
import {
  EMPTY_LIST,
  jobListReducer,
  type JobListState,
} from './jobListReducer';
import { useFrameBatch } from '../streams/useFrameBatch';

/** Number of rows to request at a time. */
export const PAGE_SIZE = 50;

export interface JobListView extends JobListState {
  readonly stream: StreamState;
  readonly retry: () => void;
}

const isForbidden = (state: StreamState) =>
  state.kind === 'failed' &&
  ['NotAllowedError', 'AuthenticationError'].includes(state.error.name);

/**
 * The live list for a query, with at most `rows` rows. Each request opens one
 * stream, and its snapshot is the complete answer. Until it arrives, or if it
 * doesn't, the rows from before stay and are marked as outdated.
 */
export function useJobList(
  query: Pick<JobListRequest, 'filter' | 'sort'>,
  rows: number = PAGE_SIZE,
): JobListView {
  const api = useApi(rayApiRef);
  const [state, dispatch] = useReducer(jobListReducer, EMPTY_LIST);
  const [stream, setStream] = useState<StreamState>({ kind: 'connecting' });
  const [tries, setTries] = useState(0);
  const key = JSON.stringify([query.filter, query.sort]);
  const { filter, sort } = query;

  const batch = useFrameBatch<JobStreamEvent>(events =>
    dispatch({
      type: 'events',
      events,
      order: parseJobOrder(sort),
      now: Date.now(),
    }),
  );

  useEffect(() => {
    batch.clear();
    dispatch({ type: 'ask' });
    return api.streamJobs(
      { filter, sort, limit: rows },
      {
        onEvent: batch.push,
        onState: next => {
          setStream(next);
          if (isForbidden(next)) {
            batch.clear();
            dispatch({ type: 'forget' });
          }
        },
      },
    );
    // The key stands for filter and sort, which are new objects on each render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [api, batch, key, rows, tries]);

  useEffect(() => {
    if (!state.totalStale) {
      return undefined;
    }
    const asked = new AbortController();
    const timer = setTimeout(() => {
      api
        .listJobs({ filter, sort, limit: 1 }, asked.signal)
        .then(({ total }) => dispatch({ type: 'total', total }))
        // The next snapshot corrects the number.
        .catch(() => {});
    }, 2_000);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- as above
  }, [api, key, state.totalStale]);

  const retry = useCallback(() => setTries(count => count + 1), []);
  return { ...state, stream, retry };
}
