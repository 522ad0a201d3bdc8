import { driverLog } from '@ml-platform/sdk';
import type { Clusters } from '../clusters/Clusters';
import type { RunLogOpener } from './ArchiveTask';

/** The drivers' logs of single runs, from the clusters that they are on. */
export function runLogs(
  clusters: Clusters,
  options: { readonly pollMs?: number } = {},
): RunLogOpener {
  return ({ key, ...reading }) =>
    driverLog(clusters.client(key.cluster), key, {
      ...options,
      ...reading,
      follow: true,
    });
}
