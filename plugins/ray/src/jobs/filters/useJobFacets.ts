import { useApi } from '@backstage/frontend-plugin-api';
import type { JobFacets } from '@ml-platform/backstage-plugin-ray-common';
import type { JobFilter } from '@ml-platform/rayjob';
import { useCallback, useEffect, useRef, useState } from 'react';
import { rayApiRef } from '../../api/RayApi';

export interface JobFacetsView {
  /** Undefined until the first answer. */
  readonly facets?: JobFacets;
  readonly error?: Error;
  /** Asks the server what can be chosen now. */
  readonly load: () => void;
}

/** What the list can be filtered by, for whoever opens a filter. */
export function useJobFacets(filter: JobFilter): JobFacetsView {
  const api = useApi(rayApiRef);
  const [facets, setFacets] = useState<JobFacets>();
  const [error, setError] = useState<Error>();
  const request = useRef<AbortController>();
  const load = useCallback(() => {
    request.current?.abort();
    const asked = new AbortController();
    request.current = asked;
    api.countJobs(filter, asked.signal).then(
      answer => {
        setFacets(answer);
        setError(undefined);
      },
      problem => !asked.signal.aborted && setError(problem),
    );
  }, [api, filter]);

  // Choices that were shown change with the filter.
  const known = useRef(false);
  known.current = facets !== undefined;
  useEffect(() => {
    if (known.current) {
      load();
    }
  }, [load]);
  useEffect(() => () => request.current?.abort(), []);
  return { facets, error, load };
}
