import type { JobSort } from '@ml-platform/rayjob';

export interface Column {
  readonly id: string;
  readonly title: string;
  /** Field that the server can sort by. */
  readonly sort?: JobSort;
  /** The narrowest window that shows the column, in pixels. */
  readonly from?: number;
  /** Pixels; the rest of the table where absent. */
  readonly width?: number;
}

export const COLUMNS: readonly Column[] = [
  { id: 'state', title: 'State', sort: 'state', width: 168 },
  { id: 'name', title: 'Job', sort: 'name' },
  {
    id: 'duration',
    title: 'Duration',
    sort: 'duration',
    from: 620,
    width: 120,
  },
  { id: 'workers', title: 'Workers', from: 1000, width: 128 },
  { id: 'resources', title: 'Resources', from: 1500, width: 200 },
  { id: 'place', title: 'Cluster', from: 1700, width: 230 },
  { id: 'owner', title: 'Requested by', from: 1200, width: 160 },
  { id: 'created', title: 'Created', sort: 'createdAt', from: 760, width: 120 },
];
