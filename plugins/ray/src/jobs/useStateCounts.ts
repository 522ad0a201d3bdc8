import { useApi } from '@backstage/frontend-plugin-api';
import type { JobFilter } from '@ml-platform/rayjob';
import { useEffect, useState } from 'react';
import { rayApiRef } from '../api/RayApi';
import { STATE_GROUPS } from './stateGroups';
import type { JobListState } from './jobListReducer';

/** The shortest time between two counts on the server, in milliseconds. */
const RECOUNT_MS = 5_000;

/**
 * The number of jobs in each group of states, regardless of the state in the
 * filter. Counted from the rows if they are complete, and by the server if not.
 */
export function useStateCounts(
  list: JobListState,
  filter: JobFilter,
): readonly (number | undefined)[] {
  const api = useApi(rayApiRef);
  const [counts, setCounts] = useState<readonly (number | undefined)[]>([]);
  const { state, ...rest } = filter;
  const key = JSON.stringify(rest);
  const { rows, loaded, outdated } = list;
  const complete = loaded && !outdated && !list.nextCursor && !state;
  // Changes within the same five seconds are counted together.
  const [round, setRound] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setRound(list.changes), RECOUNT_MS);
    return () => clearTimeout(timer);
  }, [list.changes]);

  useEffect(() => {
    if (complete) {
      setCounts(
        STATE_GROUPS.map(
          ({ states }) => rows.filter(row => states.includes(row.state)).length,
        ),
      );
    }
  }, [complete, rows]);

  useEffect(() => {
    if (complete || outdated || !loaded) {
      return undefined;
    }
    const asked = new AbortController();
    Promise.all(
      STATE_GROUPS.map(group =>
        api.listJobs(
          { filter: { ...rest, state: group.states }, limit: 1 },
          asked.signal,
        ),
      ),
    )
      .then(lists => setCounts(lists.map(({ total }) => total)))
      // The numbers stay as they are. The list below shows what is wrong.
      .catch(() => {});
    return () => asked.abort();
    // The key stands for the rest of the filter, a new object on each render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [api, complete, outdated, key, loaded, round]);

  return counts;
}
