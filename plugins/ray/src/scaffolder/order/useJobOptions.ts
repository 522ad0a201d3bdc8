import { useApi } from '@backstage/frontend-plugin-api';
import type { JobOptions } from '@ml-platform/backstage-plugin-ray-common';
import useAsync from 'react-use/esm/useAsync';
import { orderApiRef } from '../../api/OrderApi';

/** What the user can choose a job from. */
export function useJobOptions(): {
  readonly options?: JobOptions;
  readonly loading: boolean;
  /** Why the choices can't be shown, for people. */
  readonly problem?: string;
} {
  const api = useApi(orderApiRef);
  const { value, loading, error } = useAsync(() => api.getOptions(), [api]);
  return {
    options: value,
    loading,
    problem: error && `Couldn't load the choices: ${error.message}`,
  };
}
