import type { KueueWorkload, PodTemplate, RayJob } from '@ml-platform/rayjob';

/** Name of the part of a job that a template is, as Kueue writes it on an admitted one. */
const LABEL_PODSET = 'kueue.x-k8s.io/podset';

/** What Kueue writes on the templates of a job that it admits. */
const ADDED = new Set([
  LABEL_PODSET,
  'kueue.x-k8s.io/workload',
  'kueue.x-k8s.io/cluster-queue-name',
  'kueue.x-k8s.io/local-queue-name',
]);

/** What Kueue sets in the pods of a job that it admits, by the flavors that it takes. */
const SET = ['nodeSelector', 'tolerations', 'schedulingGates'];

function without(
  values: Readonly<Record<string, unknown>>,
  isLeftOut: (key: string) => boolean,
) {
  return Object.fromEntries(
    Object.entries(values).filter(([key]) => !isLeftOut(key)),
  );
}

const ownKeys = (keys: Readonly<Record<string, string>> | undefined) =>
  keys && without(keys, key => ADDED.has(key));

/**
 * A job's specification as it was before Kueue admitted the job: without the nodes of the
 * flavors that it took, which another run may not get.
 *
 * Source: Kueue 0.17, pkg/podset, `Merge` and `RestorePodSpec`; a Workload's `podSets` hold
 * the templates as they were.
 *
 * @param workload - what Kueue made of the job; without it, the nodes stay as they are
 */
export function beforeAdmission(
  job: RayJob,
  workload: KueueWorkload | undefined,
): RayJob {
  const { spec } = job;
  const restored = <Template extends PodTemplate>(
    template: Template | undefined,
  ) => {
    const podset = template?.metadata?.labels?.[LABEL_PODSET];
    if (!template || !podset) {
      return template;
    }
    const { metadata, spec: pod = {} } = template;
    const first = workload?.spec?.podSets?.find(({ name }) => name === podset);
    return {
      ...template,
      metadata: {
        ...metadata,
        labels: ownKeys(metadata?.labels),
        annotations: ownKeys(metadata?.annotations),
      },
      spec: first
        ? {
            ...without({ ...pod }, key => SET.includes(key)),
            ...without({ ...first.template?.spec }, key => !SET.includes(key)),
          }
        : pod,
    };
  };
  const cluster = spec?.rayClusterSpec;
  return {
    ...job,
    spec: spec && {
      ...spec,
      submitterPodTemplate: restored(spec.submitterPodTemplate),
      rayClusterSpec: cluster && {
        ...cluster,
        headGroupSpec: cluster.headGroupSpec && {
          ...cluster.headGroupSpec,
          template: restored(cluster.headGroupSpec.template),
        },
        workerGroupSpecs: cluster.workerGroupSpecs?.map(group => ({
          ...group,
          template: restored(group.template),
        })),
      },
    },
  };
}
