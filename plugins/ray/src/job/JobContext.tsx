import type { JobDetail } from '@ml-platform/backstage-plugin-ray-common';
import type { JobSummary } from '@ml-platform/rayjob';

import { createContext, useContext } from 'react';

/** The job that a page is about. */
export interface JobOnPage {
  readonly summary: JobSummary;
  readonly detail: JobDetail;
  readonly changes: number;
  /** Uid that the address names, if it names one. */
  readonly pinned?: string;
  /** True when another run has the job's name now. */
  readonly earlier: boolean;
}

export const JobContext = createContext<JobOnPage | undefined>(undefined);

/** The job of the page around. */
export function useJobOnPage(): JobOnPage {
  const job = useContext(JobContext);
  if (!job) {
    throw new Error('No job page is around this component');
  }
  return job;
}
