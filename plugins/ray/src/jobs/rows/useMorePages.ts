import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { JobListRequest } from '../../api/JobListRequest';
import { rayApiRef } from '../../api/RayApi';
import type { JobListFacts } from './JobListFacts';
import type { JobListStore } from './JobListStore';
import { LARGEST_PAGE, PAGE } from './pageSizes';

export interface MorePages {
  readonly loading: boolean;
  /** Why the next page didn't come. */
  readonly error?: Error;
  /** Loads the next page, unless there is none or it is on its way. */
  readonly load: () => void;
}

/** Loads further pages of a list into its store. */
export function useMorePages(
  store: JobListStore,
  { cursor, missing, outdated }: JobListFacts,
  query: Pick<JobListRequest, 'filter' | 'sort'>,
): MorePages {
  const api = useApi(rayApiRef);
  const [loading, setLoading] = useState(false);
  const [error, setError] = useState<Error>();
  const request = useRef<AbortController>();
  const latest = useRef({ cursor, missing, outdated, query });
  latest.current = { cursor, missing, outdated, query };

  const load = useCallback(() => {
    const now = latest.current;
    if (request.current || !now.cursor || now.outdated) {
      return;
    }
    const asked = new AbortController();
    request.current = asked;
    setLoading(true);
    setError(undefined);
    const limit = Math.max(PAGE, Math.min(LARGEST_PAGE, now.missing));
    const expected = store.expectPage();
    api
      .listJobs({ ...now.query, limit, cursor: now.cursor }, asked.signal)
      .then(
        page => store.addPage(page, expected),
        problem => !asked.signal.aborted && setError(problem),
      )
      .finally(() => {
        if (request.current === asked) {
          request.current = undefined;
          setLoading(false);
        }
      });
  }, [api, store]);

  // What was requested for other rows is of no use.
  useEffect(() => {
    if (outdated) {
      request.current?.abort();
      request.current = undefined;
      setLoading(false);
      setError(undefined);
    }
  }, [outdated]);
  useEffect(() => () => request.current?.abort(), []);

  // A list that began anew becomes as long as it was.
  useEffect(() => {
    if (missing > 0 && cursor && !loading && !error) {
      load();
    }
  }, [missing, cursor, loading, error, load]);

  return { loading, error, load };
}
