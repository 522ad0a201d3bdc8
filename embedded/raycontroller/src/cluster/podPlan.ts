import type { NewPod, Pod } from '../kube/objects';

export interface PodDeletion {
  readonly pod: Pod;
  readonly kind: 'head' | 'worker' | 'all';
  /** What the event says; none where one event tells of many pods. */
  readonly message?: string;
}

/** What has to be done to a cluster's pods, and in which order: deletions first. */
export interface PodPlan {
  readonly deletions: readonly PodDeletion[];
  readonly creations: readonly {
    readonly pod: NewPod;
    readonly kind: 'head' | 'worker';
  }[];
  /** Told once, when the deletions are done. */
  readonly note?: { readonly reason: string; readonly message: string };
  /** What keeps the rest from being done now: look again soon. */
  readonly blocked?: string;
}

export function isEmptyPlan(plan: PodPlan): boolean {
  return plan.deletions.length === 0 && plan.creations.length === 0;
}
