import { componentName, label, submitterContainerName } from '../crd/labels';
import type { RayCluster, RayClusterSpec } from '../crd/rayCluster';
import type { RayJob } from '../crd/rayJob';
import type {
  Container,
  PodTemplate,
} from '@ml-platform/embedded-controller-runtime';
import type { NewJob } from '../kube/objects';
import { controllerReference } from './ownerReference';
import { submitCommand } from './submitCommand';

/** Times that a submitter pod is tried again where the user says nothing. */
const SUBMITTER_BACKOFF_LIMIT = 2;

/** The Kubernetes Job, named as the RayJob, whose pod submits the Ray job. */
export function submitterJob(job: RayJob, cluster: RayCluster): NewJob {
  const { name, namespace } = job.metadata;
  const labels = {
    [label.originName]: name,
    [label.originKind]: 'RayJob',
    [label.createdBy]: componentName,
  };
  const template: PodTemplate = job.spec.submitterPodTemplate ?? {
    spec: {
      containers: [defaultContainer(cluster.spec)],
      restartPolicy: 'Never',
    },
  };
  const [submitter, ...others] = template.spec.containers;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      namespace,
      labels,
      ownerReferences: [controllerReference(job)],
    },
    spec: {
      backoffLimit:
        job.spec.submitterConfig?.backoffLimit ?? SUBMITTER_BACKOFF_LIMIT,
      template: {
        ...template,
        metadata: {
          ...template.metadata,
          labels: { ...template.metadata?.labels, ...labels },
        },
        spec: {
          ...template.spec,
          containers: [withSubmission(submitter, job, 'K8sJobMode'), ...others],
        },
      },
    },
  };
}

/** The container beside the head's that submits the job in SidecarMode. */
export function submitterSidecar(job: RayJob, spec: RayClusterSpec): Container {
  return withSubmission(defaultContainer(spec), job, 'SidecarMode');
}

function defaultContainer(spec: RayClusterSpec): Container {
  return {
    name: submitterContainerName,
    // The head's image: client and server are then of one version of Ray.
    image: spec.headGroupSpec.template.spec.containers[0].image,
    resources: {
      limits: { cpu: '1', memory: '1Gi' },
      requests: { cpu: '500m', memory: '200Mi' },
    },
  };
}

function withSubmission(
  container: Container,
  job: RayJob,
  mode: 'K8sJobMode' | 'SidecarMode',
): Container {
  const ownCommand = mode === 'K8sJobMode' && container.command?.length;
  return {
    ...container,
    ...(!ownCommand && {
      command: ['/bin/bash', '-ce', '--'],
      args: [submitCommand(job, mode)],
    }),
    env: [
      ...(container.env ?? []),
      { name: 'PYTHONUNBUFFERED', value: '1' },
      { name: 'RAY_DASHBOARD_ADDRESS', value: job.status?.dashboardURL ?? '' },
      { name: 'RAY_JOB_SUBMISSION_ID', value: job.status?.jobId ?? '' },
    ],
  };
}
