import type { Resource } from '@ml-platform/kube';

const kind = (group: string, name: string, plural: string): Resource => ({
  group,
  version: 'v1',
  kind: name,
  plural,
});

export const JOBS = kind('batch', 'Job', 'jobs');
export const CONFIG_MAPS = kind('', 'ConfigMap', 'configmaps');

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** What is read of a build's Job. */
export interface BuildJob {
  readonly apiVersion: 'batch/v1';
  readonly kind: 'Job';
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly suspend?: boolean;
    readonly activeDeadlineSeconds?: number;
    readonly [name: string]: unknown;
  };
  readonly status?: {
    readonly startTime?: string;
    readonly completionTime?: string;
    readonly conditions?: readonly Condition[];
  };
}

/** What is read of a build's pods. */
export interface BuildPod {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly creationTimestamp?: string;
  };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly containerStatuses?: readonly {
      readonly state?: {
        readonly running?: object;
        readonly terminated?: {
          readonly exitCode: number;
          readonly reason?: string;
          readonly message?: string;
          readonly finishedAt?: string;
        };
      };
    }[];
  };
}

/** How a Job has ended; `undefined` while it hasn't. */
export function endOf(job: BuildJob): Condition | undefined {
  return job.status?.conditions?.find(
    ({ type, status }) =>
      (type === 'Complete' || type === 'Failed') && status === 'True',
  );
}
