import {
  ANNOTATION_GITOPS_PATH,
  ANNOTATION_REQUESTER,
  jobName,
  LABEL_WORKLOAD,
  type RayJob,
} from '@ml-platform/rayjob';
import { ANNOTATION_IDEMPOTENCY_KEY } from './idempotency';

/** They name one object: its file in git, and what submitted it. */
const OF_ONE_RUN = [ANNOTATION_GITOPS_PATH, ANNOTATION_IDEMPOTENCY_KEY];

const OWN_ANNOTATIONS = 'ml-platform.dev/';

/** A new RayJob with the specification of another, under a new name. */
export function anotherRun(
  source: RayJob,
  options: { readonly date: Date; readonly requester: string },
): RayJob {
  const { metadata, spec } = source;
  const workload =
    metadata.labels?.[LABEL_WORKLOAD] ??
    metadata.name.replace(/-\d{8}-\d{6}$/, '');
  // Those of Argo CD and kubectl speak of the object that they were put on.
  const annotations = Object.fromEntries(
    Object.entries(metadata.annotations ?? {}).filter(
      ([key]) => key.startsWith(OWN_ANNOTATIONS) && !OF_ONE_RUN.includes(key),
    ),
  );
  return {
    apiVersion: 'ray.io/v1',
    kind: 'RayJob',
    metadata: {
      name: jobName(workload, options.date),
      namespace: metadata.namespace,
      labels: metadata.labels,
      annotations: {
        ...annotations,
        [ANNOTATION_REQUESTER]: options.requester,
      },
    },
    // KubeRay gives each run its own id; `suspend` belongs to the one before.
    spec: { ...spec, jobId: undefined, suspend: undefined },
  };
}
