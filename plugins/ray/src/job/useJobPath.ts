import { useRouteRef } from '@backstage/frontend-plugin-api';
import { jobRouteRef } from '../routes';
import { useJobOnPage } from './JobContext';

/** Path of one of the job's tabs; of the job itself without a name. */
export function useJobPath(tab = ''): string {
  const { summary } = useJobOnPage();
  const { cluster, namespace, name } = summary;
  const path = useRouteRef(jobRouteRef)?.({ cluster, namespace, name }) ?? '';
  return tab ? `${path}/${tab}` : path;
}
