import type { KueueLocalQueue } from '@ml-platform/rayjob';

/** What is kept of a LocalQueue. */
export interface LocalQueueRow {
  readonly clusterQueue: string;
  /** Its Workloads are in no ClusterQueue until it is opened again. */
  readonly stopped: boolean;
  /**
   * Kueue orders by what each LocalQueue has used lately (AdmissionFairSharing),
   * which changes with every moment and is not to be told as a position.
   */
  readonly byUsage: boolean;
}

export function localQueueRow({
  spec,
  status,
}: KueueLocalQueue): LocalQueueRow {
  return {
    clusterQueue: spec?.clusterQueue ?? '',
    stopped: (spec?.stopPolicy ?? 'None') !== 'None',
    byUsage: Boolean(status?.fairSharing?.admissionFairSharingStatus),
  };
}
