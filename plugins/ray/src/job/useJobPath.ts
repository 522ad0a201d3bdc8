import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { jobRouteRef } from '../routes';
import { useJobOnPage } from './JobContext';

export type JobPath = (
  tab?: string,
  query?: Readonly<Record<string, string>>,
) => string;

/** Returns a function that builds links to the job and its tabs. */
export function useJobPath(): JobPath {
  const { summary, pinned } = useJobOnPage();
  const { cluster, namespace, name } = summary;
  const base = useRouteRef(jobRouteRef)?.({ cluster, namespace, name }) ?? '';
  return useCallback(
    (tab = '', query = {}) => {
      const all = new URLSearchParams(query);
      if (pinned) {
        all.set('uid', pinned);
      }
      const path = tab ? `${base}/${tab}` : base;
      const search = all.toString();
      return search ? `${path}?${search}` : path;
    },
    [base, pinned],
  );
}
