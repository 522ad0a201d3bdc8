import type { JobDetail } from '@ml-platform/backstage-plugin-ray-common';
import type { JobSummary } from '@ml-platform/rayjob';

import { createContext, useContext } from 'react';

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

/** The job of the surrounding page. */
export function useJobOnPage(): JobOnPage {
  const job = useContext(JobContext);
  if (!job) {
    throw new Error('useJobOnPage must be used inside a job page');
  }
  return job;
}
