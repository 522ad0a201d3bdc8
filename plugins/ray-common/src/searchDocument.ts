import type { IndexableDocument } from '@backstage/plugin-search-common';

/** Type of training jobs in Backstage's search. */
export const SEARCH_TYPE_RAY_JOB = 'ray-job';

/**
 * A training job as Backstage's search finds and shows it. What is not known is an empty
 * text, because an index in memory only has the fields of its first document. `title` is the
 * job's name and `text` is its message, because engines highlight these two.
 */
export interface RayJobDocument extends IndexableDocument {
  readonly cluster: string;
  readonly namespace: string;
  readonly workload: string;
  readonly version: string;
  /** Entity reference of the person who asked for the job. */
  readonly owner: string;
  /** The same without kind and namespace, because engines take the reference for one word. */
  readonly ownerName: string;
  readonly state: string;
  /** ISO 8601 in UTC, as the times that follow. */
  readonly createdAt: string;
  readonly startedAt: string;
  readonly endedAt: string;
}
