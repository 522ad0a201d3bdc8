import type { IJobSpec, IJobStatus } from 'kubernetes-models/batch/v1';
import type { Condition, KubeObject, Wire } from './objects';
import type { PodTemplate } from './podObjects';

export type JobSpec = Omit<Wire<IJobSpec>, 'template'> & {
  readonly template: PodTemplate;
};
export type JobStatus = Omit<Wire<IJobStatus>, 'conditions'> & {
  readonly conditions?: readonly Condition[];
};

/** A `batch/v1` Job. */
export interface Job extends KubeObject {
  readonly spec: JobSpec;
  readonly status?: JobStatus;
}
