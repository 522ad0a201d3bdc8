import { useCallback, useEffect, useState } from 'react';

export interface JobData<T> {
  readonly value?: T;
  readonly error?: Error;
  readonly loading: boolean;
  readonly retry: () => void;
}

/**
 * Data that belongs to a job, loaded again when the job changes. The old data
 * stays until then. `load` must keep its identity.
 */
export function useJobData<T>(
  load: (signal: AbortSignal) => Promise<T>,
  changes: number,
): JobData<T> {
  const [state, setState] = useState<{ value?: T; error?: Error }>({});
  const [loading, setLoading] = useState(true);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const asked = new AbortController();
    setLoading(true);
    load(asked.signal)
      .then(value => setState({ value }))
      .catch(error => {
        if (!asked.signal.aborted) {
          setState(({ value }) => ({ value, error }));
        }
      })
      .finally(() => {
        if (!asked.signal.aborted) {
          setLoading(false);
        }
      });
    return () => asked.abort();
  }, [load, changes, tries]);
  const retry = useCallback(() => setTries(count => count + 1), []);
  return { ...state, loading, retry };
}
