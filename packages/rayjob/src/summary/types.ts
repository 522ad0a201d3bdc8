/** All values of {@link JobState}. */
export const JOB_STATES = [
  'awaiting-merge',
  'awaiting-sync',
  'queued',
  'pending',
  'running',
  'succeeded',
  'failed',
  'stopped',
  'suspended',
  'retrying',
  'unknown',
] as const;

/** True for the name of a state. */
export function isJobState(name: string): name is JobState {
  return JOB_STATES.some(state => state === name);
}

/**
 * What a user is told of a job: one word, derived by {@link jobState} from the
 * RayJob, its pods and its place in git.
 */
export type JobState = (typeof JOB_STATES)[number];

/** Names one RayJob among all clusters. */
export interface JobRef {
  readonly cluster: string;
  readonly namespace: string;
  readonly name: string;
}

/** What a job asks for in all: head and desired workers together. */
export interface JobResources {
  /** milliCPU */
  readonly cpu: number;
  /** bytes */
  readonly memory: number;
  /** Whole GPUs: those of the accelerators that are named `<vendor>/gpu`. */
  readonly gpu: number;
  /** Devices by the name of their extended resource, for example `google.com/tpu`. */
  readonly accelerators: Readonly<Record<string, number>>;
}

/** Worker pods of a Ray cluster. */
export interface JobWorkers {
  readonly desired: number;
  readonly ready: number;
  /** Fewest that an autoscaler keeps; absent without an autoscaler. */
  readonly min?: number;
  /** Most that an autoscaler starts; absent where there is no limit. */
  readonly max?: number;
}

/** A change of a job that was proposed in git and is not carried out yet. */
export interface JobPendingChange {
  readonly verb: 'stop' | 'delete' | 'retry';
  /** Web page of the pull request that proposes it. */
  readonly pullRequestUrl: string;
  /** ISO 8601: when the pull request was opened. */
  readonly createdAt?: string;
  /** True once it is merged, and the GitOps engine has yet to apply it. */
  readonly merged?: boolean;
}

/** Where a job stands in git, when git owns it. */
export interface JobGitOps {
  /** Web page of the pull request that brought, or will bring, the job. */
  readonly pullRequestUrl?: string;
  /** ISO 8601: when that pull request was merged. */
  readonly mergedAt?: string;
  /** Path of the manifest inside the GitOps repository. */
  readonly path: string;
  /** Web page of the manifest. */
  readonly manifestUrl?: string;
  /** Task of the scaffolder that asked for the job. */
  readonly taskId?: string;
  /** Commit of the workload's source that the image was built from. */
  readonly sourceCommit?: string;
  /** What a pull request proposes to do with the job. */
  readonly pendingChange?: JobPendingChange;
}

/** Place in a Kueue queue. */
export interface JobQueue {
  /** Name of the LocalQueue, which is in the job's namespace. */
  readonly name: string;
  /** The ClusterQueue that it leads to, while the job waits. */
  readonly clusterQueue?: string;
  /**
   * From 1, among all that waits in the ClusterQueue, whichever LocalQueue and
   * namespace it came by: that is the order in which Kueue tries to admit. Not a
   * promise of who starts first; see {@link compareQueueEntries}. Absent for a
   * job that does not wait, and where the order can't be known: without Kueue or
   * the right to read it, where only some namespaces are watched, and where
   * Kueue orders by usage (AdmissionFairSharing).
   */
  readonly position?: number;
}

/** One row of the job list. Times are ISO 8601 in UTC. */
export interface JobSummary extends JobRef {
  /** UID of the RayJob; a stand-in of the form `git:<path>` before it exists. */
  readonly uid: string;
  readonly workload?: string;
  readonly version?: string;
  readonly image?: string;
  /** Entity reference of who asked for the job, for example `user:default/guest`. */
  readonly owner?: string;
  readonly state: JobState;
  /** CamelCase reason as Kubernetes or KubeRay gives it. */
  readonly reason?: string;
  /** A sentence for people. */
  readonly message?: string;
  readonly createdAt: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** From 1; counts KubeRay's retries, and each time that the job is resumed. */
  readonly attempt: number;
  /** As it was typed, see {@link typedEntrypoint}; a long one is cut, and ends with `…`. */
  readonly entrypoint?: string;
  readonly resources: JobResources;
  readonly workers: JobWorkers;
  /** Who manages the job in KubeRay's place, for example `MultiKueue`. */
  readonly manager?: string;
  readonly queue?: JobQueue;
  readonly gitops?: JobGitOps;
}

/** What the head's pod said of the start of an attempt. */
export type AttemptHead = Pick<JobPod, 'scheduledAt' | 'startedAt'>;

/**
 * One run of a job: KubeRay makes a new RayCluster and a new id in Ray for each,
 * when it retries a job and when a suspended job is resumed.
 */
export interface JobAttempt {
  /** From 1. */
  readonly attempt: number;
  /** Id of the run in Ray. */
  readonly jobId?: string;
  readonly rayCluster?: string;
  /** When its Ray cluster began to start. */
  readonly startedAt?: string;
  /** When Ray started the entrypoint; absent where it never did, and where nobody saw it. */
  readonly entrypointStartedAt?: string;
  /** Absent where it isn't known, and of the current attempt until its object changes. */
  readonly head?: AttemptHead;
  readonly endedAt?: string;
  readonly state: JobState;
  readonly reason?: string;
}

export interface JobCondition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

export type PodRole = 'submitter' | 'head' | 'worker';

export interface JobContainer {
  readonly name: string;
  readonly image: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly state: 'waiting' | 'running' | 'terminated';
  /** CamelCase reason of the state, for example `ImagePullBackOff`. */
  readonly reason?: string;
  readonly exitCode?: number;
}

export interface JobPod {
  readonly name: string;
  readonly role: PodRole;
  /** Worker group, for workers. */
  readonly group?: string;
  readonly node?: string;
  readonly phase: string;
  readonly createdAt: string;
  /** When it was given its node. */
  readonly scheduledAt?: string;
  /** When its first container started; absent once that one was restarted. */
  readonly startedAt?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly containers: readonly JobContainer[];
}

export interface JobEvent {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly object: { readonly kind: string; readonly name: string };
}

export type JobSort = 'createdAt' | 'name' | 'state' | 'workload' | 'duration';

export interface JobFilter {
  readonly cluster?: readonly string[];
  readonly namespace?: readonly string[];
  readonly state?: readonly JobState[];
  readonly workload?: readonly string[];
  readonly owner?: readonly string[];
  /** Free text over name, workload, version, owner, namespace and message. */
  readonly q?: string;
  /** ISO 8601: only jobs created at that time or later. */
  readonly since?: string;
  /** ISO 8601: only jobs created before that time. */
  readonly until?: string;
}

/** One readable log. `id` is the value of `logs?source=`. */
export interface LogSource {
  /** `driver`, `driver/<attempt>`, `all`, or `pod/<pod>/<container>`. */
  readonly id: string;
  readonly title: string;
  readonly kind: 'driver' | 'merged' | 'container';
  /** How often the container was restarted; absent where it never was, and for other logs. */
  readonly restartCount?: number;
}
