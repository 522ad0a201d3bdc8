import { InputError } from '@backstage/errors';
import { annotation, label } from '../crd/labels';
import type { NewRayCluster, RayClusterSpec } from '../crd/rayCluster';
import { submissionModeOf, type RayJob } from '../crd/rayJob';
import { controllerReference } from './ownerReference';
import { submitterSidecar } from './submitter';

/** The RayCluster of one attempt of a job; the job's labels come along. */
export function rayClusterForJob(job: RayJob, name: string): NewRayCluster {
  const { rayClusterSpec } = job.spec;
  if (!rayClusterSpec) {
    throw new InputError(`RayJob ${job.metadata.name} has no rayClusterSpec`);
  }
  const mode = submissionModeOf(job);
  const sidecar = mode === 'SidecarMode';
  const annotations = {
    ...job.metadata.annotations,
    ...(sidecar && { [annotation.disableHeadRestart]: 'true' }),
  };
  return {
    apiVersion: 'ray.io/v1',
    kind: 'RayCluster',
    metadata: {
      name,
      namespace: job.metadata.namespace,
      labels: {
        ...job.metadata.labels,
        [label.originName]: job.metadata.name,
        [label.originKind]: 'RayJob',
        [label.submissionMode]: mode,
      },
      ...(Object.keys(annotations).length > 0 && { annotations }),
      ownerReferences: [controllerReference(job)],
    },
    spec: sidecar ? withSidecar(job, rayClusterSpec) : rayClusterSpec,
  };
}

function withSidecar(job: RayJob, spec: RayClusterSpec): RayClusterSpec {
  const { template } = spec.headGroupSpec;
  return {
    ...spec,
    headGroupSpec: {
      ...spec.headGroupSpec,
      template: {
        ...template,
        spec: {
          ...template.spec,
          containers: [
            ...template.spec.containers,
            submitterSidecar(job, spec),
          ],
          restartPolicy: 'Never',
        },
      },
    },
  };
}
