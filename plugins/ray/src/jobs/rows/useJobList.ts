import { useApi } from '@backstage/frontend-plugin-api';
import type { JobStreamEvent } from '@ml-platform/backstage-plugin-ray-common';
import { parseJobOrder } from '@ml-platform/rayjob';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { JobListRequest } from '../../api/JobListRequest';
import { rayApiRef } from '../../api/RayApi';
import type { StreamState } from '../../streams/StreamState';
import { useFrameBatch } from '../../streams/useFrameBatch';
import type { JobListFacts } from './JobListFacts';
import { JobListStore } from './JobListStore';
import { FIRST_PAGE } from './pageSizes';
import { useMorePages, type MorePages } from './useMorePages';

export interface JobListView {
  /** The rows; see {@link useRowsVersion}. */
  readonly store: JobListStore;
  readonly facts: JobListFacts;
  readonly pages: MorePages;
  readonly stream: StreamState;
  readonly retry: () => void;
}

const isForbidden = (state: StreamState) =>
  state.kind === 'failed' &&
  ['NotAllowedError', 'AuthenticationError'].includes(state.error.name);

/**
 * The live list for a query. One stream brings its first page and then its changes, and
 * further pages come on request. Until the first page arrives, or if it doesn't, the rows
 * from before stay and are marked as outdated.
 *
 * @param firstPage - number of rows on the first page
 */
export function useJobList(
  query: Pick<JobListRequest, 'filter' | 'sort'>,
  firstPage: number = FIRST_PAGE,
): JobListView {
  const api = useApi(rayApiRef);
  const { filter, sort } = query;
  const [store] = useState(() => new JobListStore(parseJobOrder(sort)));
  const [stream, setStream] = useState<StreamState>({ kind: 'connecting' });
  const [tries, setTries] = useState(0);
  const key = JSON.stringify([filter, sort]);

  const batch = useFrameBatch<JobStreamEvent>(events =>
    store.apply(events, Date.now()),
  );

  useEffect(() => {
    batch.clear();
    store.ask(parseJobOrder(sort));
    return api.streamJobs(
      { filter, sort, limit: firstPage, counts: true },
      {
        onEvent: batch.push,
        onState: next => {
          setStream(next);
          if (isForbidden(next)) {
            batch.clear();
            store.forget();
          }
        },
      },
    );
    // The key stands for filter and sort, which are new objects on each render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [api, batch, store, key, firstPage, tries]);

  const facts = useSyncExternalStore(store.subscribe, () => store.facts);
  const pages = useMorePages(store, facts, query);
  const retry = useCallback(() => setTries(count => count + 1), []);
  return { store, facts, pages, stream, retry };
}

/** Draws a component again whenever the rows of a list change. */
export function useRowsVersion(store: JobListStore): number {
  return useSyncExternalStore(store.subscribe, () => store.version);
}

/** The jobs whose state changed last. */
export function useChangedJobs(store: JobListStore) {
  return useSyncExternalStore(store.subscribe, () => store.changed);
}
