import type { NewObject, Job } from '@ml-platform/embedded-controller-runtime';
import { TRACKING_FINALIZER } from './jobObjects';

/** The pod that the job's template stands for, with the labels of a job's pod. */
export function podForJob(job: Job): NewObject {
  const { name, namespace, uid } = job.metadata;
  const { metadata, spec } = job.spec.template;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: `${name}-`,
      namespace,
      labels: {
        ...metadata?.labels,
        'batch.kubernetes.io/controller-uid': uid,
        'batch.kubernetes.io/job-name': name,
        'controller-uid': uid,
        'job-name': name,
      },
      ...(metadata?.annotations ? { annotations: metadata.annotations } : {}),
      finalizers: [TRACKING_FINALIZER],
      ownerReferences: [
        {
          apiVersion: 'batch/v1',
          kind: 'Job',
          name,
          uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    ...{ spec },
  };
}
