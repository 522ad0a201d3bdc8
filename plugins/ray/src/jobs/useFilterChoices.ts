import type { JobSummary } from '@ml-platform/rayjob';
import { useMemo, useRef } from 'react';
import type { JobListState } from './jobListReducer';

export interface FilterChoices {
  readonly cluster: readonly string[];
  readonly namespace: readonly string[];
  readonly workload: readonly string[];
  readonly owner: readonly string[];
}

function values(
  rows: readonly JobSummary[],
  key: keyof FilterChoices,
): readonly string[] {
  // A label in a manifest from git isn't always a text.
  return rows.map(row => row[key]).filter(value => typeof value === 'string');
}

const sorted = (all: Set<string>) =>
  [...all].sort((a, b) => a.localeCompare(b));

/** Values that the filters offer: all that were seen so far, so that none goes away. */
export function useFilterChoices({
  rows,
  clusters,
}: JobListState): FilterChoices {
  const seen = useRef({
    cluster: new Set<string>(),
    namespace: new Set<string>(),
    workload: new Set<string>(),
    owner: new Set<string>(),
  });
  return useMemo(() => {
    const { cluster, namespace, workload, owner } = seen.current;
    clusters.forEach(({ name }) => cluster.add(name));
    values(rows, 'cluster').forEach(value => cluster.add(value));
    values(rows, 'namespace').forEach(value => namespace.add(value));
    values(rows, 'workload').forEach(value => workload.add(value));
    values(rows, 'owner').forEach(value => owner.add(value));
    return {
      cluster: sorted(cluster),
      namespace: sorted(namespace),
      workload: sorted(workload),
      owner: sorted(owner),
    };
  }, [rows, clusters]);
}
