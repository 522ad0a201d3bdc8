import type {
  ClusterStatus,
  JobCounts,
} from '@ml-platform/backstage-plugin-ray-common';

/** What is known of a list, beside its rows. A new object after each change. */
export interface JobListFacts {
  /** False until the first answer. */
  readonly loaded: boolean;
  /** True while the rows belong to an earlier request, until the answer arrives. */
  readonly outdated: boolean;
  /** Number of jobs that match, on all pages. */
  readonly total: number;
  /** Number of jobs in each state, once they are counted. */
  readonly states?: JobCounts['states'];
  readonly clusters: readonly ClusterStatus[];
  /** Cursor of the next page; absent after the last one. */
  readonly cursor?: string;
  /** Rows to load until the list is as long as it was before it began anew. */
  readonly missing: number;
}

/** Before the first answer. */
export const NOTHING_KNOWN: JobListFacts = {
  loaded: false,
  outdated: false,
  total: 0,
  clusters: [],
  missing: 0,
};
