import { useApi } from '@backstage/frontend-plugin-api';
import {
  parseJobOrder,
  type JobStreamEvent,
} from '@ml-platform/backstage-plugin-ray-common';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import type { JobListRequest } from '../api/JobListRequest';
import { rayApiRef } from '../api/RayApi';
import type { StreamState } from '../streams/StreamState';
import {
  EMPTY_LIST,
  jobListReducer,
  type JobListState,
} from './jobListReducer';
import { useFrameBatch } from '../streams/useFrameBatch';

/** Rows that the server is asked for at a time. */
export const PAGE_SIZE = 50;

export interface JobListView extends JobListState {
  readonly stream: StreamState;
  readonly loadingMore: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
}

/**
 * The live list for a query: one stream, and a page more when asked. It starts
 * with `rows` rows; a connection that is made anew asks for as many as are shown.
 */
export function useJobList(
  query: Pick<JobListRequest, 'filter' | 'sort'>,
  rows: number = PAGE_SIZE,
): JobListView {
  const api = useApi(rayApiRef);
  const [state, dispatch] = useReducer(jobListReducer, EMPTY_LIST);
  const [stream, setStream] = useState<StreamState>({ kind: 'connecting' });
  const [tries, setTries] = useState(0);
  const [loadingMore, setLoadingMore] = useState(false);
  const key = JSON.stringify([query.filter, query.sort]);
  const { filter, sort } = query;

  const wanted = useRef(rows);
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
    dispatch({ type: 'reset' });
    return api.streamJobs(() => ({ filter, sort, limit: wanted.current }), {
      onEvent: batch.push,
      onState: setStream,
    });
    // The key stands for filter and sort, which are new objects on each render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [api, batch, key, tries]);

  const { nextCursor } = state;
  const loadMore = useCallback(async () => {
    setLoadingMore(true);
    try {
      const page = await api.listJobs({
        filter,
        sort,
        limit: PAGE_SIZE,
        cursor: nextCursor,
      });
      wanted.current += PAGE_SIZE;
      dispatch({ type: 'page', page });
    } catch (error) {
      setStream({ kind: 'failed', error: error as Error });
    } finally {
      setLoadingMore(false);
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- as above
  }, [api, key, nextCursor]);

  useEffect(() => {
    if (!state.totalStale) {
      return undefined;
    }
    const asked = new AbortController();
    const timer = setTimeout(() => {
      api
        .listJobs({ filter, sort, limit: 1 }, asked.signal)
        .then(({ total }) => dispatch({ type: 'total', total }))
        // The number is put right by the next snapshot.
        .catch(() => {});
    }, 2_000);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- as above
  }, [api, key, state.totalStale]);

  const retry = useCallback(() => setTries(count => count + 1), []);
  return { ...state, stream, loadingMore, loadMore, retry };
}
