import type { Condition, ObjectMeta, PodTemplate } from '../objects/kubernetes';

/** API group of Kueue's objects. */
export const KUEUE_GROUP = 'kueue.x-k8s.io';

/**
 * Versions of {@link KUEUE_GROUP} that can be read, the newest first. What is
 * read of a Workload and a LocalQueue has the same shape in both.
 */
export const KUEUE_VERSIONS = ['v1beta2', 'v1beta1'] as const;

/** Holds a Workload back for as long as it has a value. */
export const KUEUE_ANNOTATION_GATE = 'kueue.x-k8s.io/admission-gated-by';
/** Whole number that is added to a Workload's priority. */
export const KUEUE_ANNOTATION_BOOST = 'kueue.x-k8s.io/priority-boost';
/** Marks a Workload that stands for several; those are what queues. */
export const KUEUE_LABEL_PARENT = 'kueue.x-k8s.io/concurrent-admission-parent';

/** State of one check that a Workload has to pass after it has its quota. */
export interface KueueAdmissionCheck {
  readonly name: string;
  readonly state: string;
  readonly message?: string;
}

/**
 * Kueue's Workload: what it makes of a RayJob, to admit it as a whole. Not to be
 * mixed up with the workload that a job runs.
 */
export interface KueueWorkload {
  readonly metadata: ObjectMeta;
  readonly spec?: {
    /** Name of the LocalQueue, in the same namespace. */
    readonly queueName?: string;
    readonly priority?: number | null;
    /** False takes it out of its queue until it is true again. */
    readonly active?: boolean | null;
    /** The parts of the job, with their pods as the job asked for them. */
    readonly podSets?: readonly {
      readonly name: string;
      readonly template?: PodTemplate;
    }[];
  };
  readonly status?: {
    readonly conditions?: readonly Condition[];
    readonly admission?: { readonly clusterQueue?: string } | null;
    readonly requeueState?: {
      readonly count?: number | null;
      readonly requeueAt?: string | null;
    } | null;
    readonly admissionChecks?: readonly KueueAdmissionCheck[];
  };
}

/** Kueue's LocalQueue: the door of a namespace to a ClusterQueue. */
export interface KueueLocalQueue {
  readonly metadata: ObjectMeta;
  readonly spec?: {
    readonly clusterQueue?: string;
    /** `None`, `Hold` or `HoldAndDrain`. */
    readonly stopPolicy?: string | null;
  };
  readonly status?: {
    readonly fairSharing?: {
      readonly admissionFairSharingStatus?: object | null;
    } | null;
  };
}
