import type {
  Container,
  PodTemplate,
  RayJob,
  WorkerGroupSpec,
} from '../objects/kubernetes';
import { LABEL_VERSION, LABEL_WORKLOAD } from '../objects/annotations';
import { KUEUE_LABEL_QUEUE } from '../objects/rayLabels';
import { REDACTED } from '../objects/redactManifest';
import { typedEntrypoint } from '../render/entrypoint';
import { BUCKET_VARIABLE } from '../render/podParts';
import type { EnvironmentVariable } from '../render/renderRayJob';
import { readImageReference } from '../values/imageReference';
import { splitParameters, type Parameters } from './splitParameters';

/** What a run was asked with, in the words of the form for a new one. */
export interface RunValues {
  readonly workload?: string;
  readonly version?: string;
  /** The command without the options that parameters became. */
  readonly entrypoint: string;
  readonly parameters: Parameters;
  /** With 0, the head does the work. */
  readonly workers: number;
  /** Of each worker; without workers, of the head. */
  readonly cpu?: string;
  readonly memory?: string;
  readonly gpu: number;
  /** Extended resource of the GPUs, for example `nvidia.com/gpu`. */
  readonly accelerator?: string;
  /** Variables with a value that is known. */
  readonly environment: readonly EnvironmentVariable[];
  /** Seconds that the Ray cluster stays after the job's end. */
  readonly ttl?: number;
  /** Seconds that the job may take in all. */
  readonly deadline?: number;
  /** What the form has no field for, in words. */
  readonly others: readonly string[];
}

const DEVICE = /^[^/]+\/[^/]+$/;

const firstContainer = (template: PodTemplate | undefined) =>
  template?.spec?.containers?.[0];

function amounts(container: Container | undefined) {
  const { limits = {}, requests = {} } = container?.resources ?? {};
  const all = { ...requests, ...limits };
  const text = (key: string) =>
    all[key] === undefined ? undefined : String(all[key]);
  const accelerator = Object.keys(all).find(
    key => DEVICE.test(key) && !key.startsWith('hugepages'),
  );
  return {
    cpu: text('cpu'),
    memory: text('memory'),
    accelerator,
    gpu: accelerator ? Number(all[accelerator]) : 0,
  };
}

/** The value as it was typed: Kubernetes takes `$$` for `$`. */
const typed = (value: string) => value.replace(/\$\$(?=[$(])/g, '$');

function environmentOf(container: Container | undefined) {
  const all = (container?.env ?? []).filter(
    ({ name }) => name !== BUCKET_VARIABLE,
  );
  const known = all.flatMap(({ name, value }) =>
    value === undefined || value === REDACTED
      ? []
      : [{ name, value: typed(value) }],
  );
  const names = new Set(known.map(({ name }) => name));
  return {
    known,
    unknown: all.map(({ name }) => name).filter(name => !names.has(name)),
  };
}

const isAutoscaled = ({
  replicas = 0,
  minReplicas = replicas,
  maxReplicas = replicas,
}: WorkerGroupSpec) => minReplicas !== maxReplicas;

/** What a run has that the form doesn't ask for. */
function othersOf(
  { metadata, spec }: RayJob,
  unknown: readonly string[],
): readonly string[] {
  const groups = spec?.rayClusterSpec?.workerGroupSpecs ?? [];
  const has: readonly (readonly [boolean, string])[] = [
    [unknown.length > 0, `the variables ${unknown.join(', ')}`],
    [groups.length > 1, 'more than one group of workers'],
    [groups.some(isAutoscaled), 'the bounds of its number of workers'],
    [Boolean(spec?.runtimeEnvYAML), 'its runtime environment'],
    [(spec?.backoffLimit ?? 0) > 0, 'its retries'],
    [
      metadata.labels?.[KUEUE_LABEL_QUEUE] !== undefined,
      `the queue ${metadata.labels?.[KUEUE_LABEL_QUEUE]}`,
    ],
    [Boolean(spec?.clusterSelector), 'the Ray cluster that it runs on'],
  ];
  return has.filter(([there]) => there).map(([, what]) => what);
}

/**
 * What a run was asked with, read back from its RayJob, whoever wrote it: the form,
 * the terminal or somebody's own manifest.
 */
export function runValues(job: RayJob): RunValues {
  const { metadata, spec } = job;
  const cluster = spec?.rayClusterSpec;
  const head = firstContainer(cluster?.headGroupSpec?.template);
  const [group] = cluster?.workerGroupSpecs ?? [];
  const worker = group && firstContainer(group.template);
  const { known, unknown } = environmentOf(worker ?? head);
  const labels = metadata.labels ?? {};
  const command = splitParameters(typedEntrypoint(spec?.entrypoint ?? ''));
  return {
    workload: labels[LABEL_WORKLOAD],
    version:
      labels[LABEL_VERSION] ??
      (head?.image && readImageReference(head.image).tag),
    ...command,
    workers: group ? (group.replicas ?? group.minReplicas ?? 0) : 0,
    ...amounts(worker ?? head),
    environment: known,
    ttl: spec?.ttlSecondsAfterFinished,
    deadline: spec?.activeDeadlineSeconds,
    others: othersOf(job, unknown),
  };
}
