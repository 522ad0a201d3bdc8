import type { JobSummary } from '@ml-platform/rayjob';
import { LookChip } from './LookChip';
import { jobLook } from './shownState';

/** The state of a job, and that it is being stopped. */
export const JobChip = ({ job }: { readonly job: JobSummary }) => (
  <LookChip {...jobLook(job)} />
);
