/** The parts of an object's metadata that every reader of recordings needs. */
export interface RecordedMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly creationTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** An object of the recorded cluster, as the API server gave it out. */
export interface RecordedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: RecordedMeta;
}

/** What Ray's Job API said of a job. */
export interface RecordedAnswer {
  /** The Ray cluster that was asked. */
  readonly rayCluster: string;
  readonly jobId: string;
  readonly status: string;
  readonly message?: string;
  /** The driver's whole log. */
  readonly logs: string;
}

/** One thing that happened; `t` is seconds since the start. */
export type RecordedChange = { readonly t: number } & (
  | {
      readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
      readonly object: RecordedObject;
    }
  /** What was done to the job from outside. */
  | { readonly type: 'TRICK'; readonly did: string }
  | { readonly type: 'RAY'; readonly answer: RecordedAnswer }
);

/** All that a container wrote. */
export interface RecordedLog {
  readonly pod: string;
  readonly container: string;
  /** Each with the kubelet's timestamp before it. */
  readonly lines: readonly string[];
}

/** What the KubeRay operator did with one RayJob on a real cluster. */
export interface Recording {
  readonly scenario: string;
  /** Where it happened. */
  readonly namespace: string;
  /** Milliseconds since the epoch when `t` was 0. */
  readonly startedAt: number;
  /** The RayJob as it was applied. */
  readonly applied: RecordedObject;
  readonly changes: readonly RecordedChange[];
  readonly logs: readonly RecordedLog[];
}
