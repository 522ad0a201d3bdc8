import type { JobDetail } from '@ml-platform/backstage-plugin-ray-common';
import type { JobSummary } from '@ml-platform/rayjob';

import { createContext, useContext, useMemo } from 'react';
import type { RunRef } from '../api/RayApi';

/** The job on a page. */
export interface JobOnPage {
  readonly summary: JobSummary;
  readonly detail: JobDetail;
  readonly changes: number;
  /** Uid in the address, if there is one. */
  readonly pinned?: string;
  /** True if there is a newer run with this name. */
  readonly earlier: boolean;
}

export const JobContext = createContext<JobOnPage | undefined>(undefined);

/** Names the run on a page: without its UID while no newer run has the name. */
export function useRunOnPage(): RunRef {
  const { summary, earlier } = useJobOnPage();
  const { cluster, namespace, name } = summary;
  const uid = earlier ? summary.uid : undefined;
  return useMemo(
    () => ({ cluster, namespace, name, uid }),
    [cluster, namespace, name, uid],
  );
}

/** The job of the surrounding page. */
export function useJobOnPage(): JobOnPage {
  const job = useContext(JobContext);
  if (!job) {
    throw new Error('useJobOnPage must be used inside a job page');
  }
  return job;
}
