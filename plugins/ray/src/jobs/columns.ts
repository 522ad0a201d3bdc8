import type { JobSort } from '@ml-platform/rayjob';

export interface Column {
  readonly id: string;
  readonly title: string;
  /** Field that the server can sort by. */
  readonly sort?: JobSort;
  /** The narrowest window that shows the column, in pixels. */
  readonly from?: number;
}

export const COLUMNS: readonly Column[] = [
  { id: 'state', title: 'State', sort: 'state' },
  { id: 'name', title: 'Job', sort: 'name' },
  { id: 'duration', title: 'Duration', sort: 'duration', from: 620 },
  { id: 'workers', title: 'Workers', from: 1000 },
  { id: 'resources', title: 'Resources', from: 1500 },
  { id: 'place', title: 'Cluster', from: 1700 },
  { id: 'owner', title: 'Requested by', from: 1200 },
  { id: 'created', title: 'Created', sort: 'createdAt', from: 760 },
];
