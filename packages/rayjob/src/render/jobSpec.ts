import { readImageReference } from '../values/imageReference';
import { jobName } from '../values/jobName';
import { withParameters } from './parameters';
import type { NamedWorkerGroup, PodRequest, WorkerGroup } from './podRequest';
import { renderRayJob, type RayJobRequest } from './renderRayJob';
import { validateRayJob } from './validateRayJob';

/** Command of a run, unless its workload or the run itself names another. */
export const DEFAULT_ENTRYPOINT = 'python train.py';

/** What is asked for where a run says nothing else: as in the portal's form. */
export const JOB_DEFAULTS = {
  workers: 1,
  cpu: '1',
  memory: '2Gi',
  gpu: 0,
  ttlSeconds: 300,
  deadlineSeconds: 86_400,
} as const;

/** A training job as people ask for it. All but name and image has a default. */
export interface JobSpec extends PodRequest, Omit<WorkerGroup, 'workers'> {
  /** What is trained; the run is named after it and the time. */
  readonly name: string;
  /** Full reference, for example `registry.example.com/model:v1`. */
  readonly image: string;
  /** Name of the run itself, where it must be a certain one. */
  readonly runName?: string;
  /** Default: the image's tag. */
  readonly version?: string;
  /** Run as one shell command on Ray. Default: `python train.py`. */
  readonly entrypoint?: string;
  /**
   * Added to the entrypoint as options, for example `generations: 100` as
   * `--generations=100`.
   */
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
  /** Number of worker pods; with 0, the head does the work. Default: 1. */
  readonly workers?: number;
  /** Cores of each worker, for example `8` or `500m`. Default: `1`. */
  readonly cpu?: string;
  /** Memory of each worker, for example `32Gi`. Default: `2Gi`. */
  readonly memory?: string;
  /** GPUs of each worker. Default: 0. */
  readonly gpu?: number;
  /** Workers of other kinds. */
  readonly groups?: readonly NamedWorkerGroup[];
  readonly env?: Readonly<Record<string, string>>;
  /** Ray's runtime environment of the job, for example `{ pip: ['scipy'] }`. */
  readonly runtimeEnv?: Readonly<Record<string, unknown>>;
  /** Seconds that the Ray cluster stays after the job's end. Default: 300. */
  readonly ttlSeconds?: number;
  /** Seconds that the job may take in all. Default: 86,400, one day. */
  readonly deadlineSeconds?: number;
  /** Times that a failed job is tried again, each on a new Ray cluster. */
  readonly retries?: number;
  /** Name of a Kueue LocalQueue in the job's namespace. */
  readonly queue?: string;
  /** Name of a Kueue WorkloadPriorityClass. */
  readonly priority?: string;
  /** Version of Ray in the image. */
  readonly rayVersion?: string;
}

/** What a job gets from where and by whom it is created. */
export interface JobOrigin {
  readonly namespace: string;
  readonly now: Date;
  /** Entity reference of who asks. */
  readonly requester?: string;
  /** Commit of the workload's source that the image was built from. */
  readonly sourceCommit?: string;
  /** Path of the manifest inside the GitOps repository. */
  readonly gitopsPath?: string;
  /** Task of the scaffolder that asks for the job. */
  readonly taskId?: string;
}

/** A label value for an image without a version of its own. */
function versionOf(image: string): string {
  const { tag, digest } = readImageReference(image);
  return tag ?? digest?.replace(/^sha256:/, '').slice(0, 12) ?? 'latest';
}

/** The run that a specification asks for, with all defaults written out. */
export function jobRequest(spec: JobSpec, origin: JobOrigin): RayJobRequest {
  const { namespace, now, ...rest } = origin;
  const { name, runName, version, entrypoint, parameters, env, ...more } = spec;
  const { cpu, memory, gpu, workers, ...others } = more;
  const { ttlSeconds, deadlineSeconds, retries, ...request } = others;
  return {
    ...request,
    ...rest,
    name: runName ?? jobName(name, now),
    namespace,
    workload: name,
    version: version ?? versionOf(spec.image),
    entrypoint: withParameters(
      entrypoint ?? DEFAULT_ENTRYPOINT,
      parameters ?? {},
    ),
    workers: workers ?? JOB_DEFAULTS.workers,
    resources: {
      cpu: cpu ?? JOB_DEFAULTS.cpu,
      memory: memory ?? JOB_DEFAULTS.memory,
      gpu: gpu ?? JOB_DEFAULTS.gpu,
    },
    environment: Object.entries(env ?? {}).map(([variable, value]) => ({
      name: variable,
      value,
    })),
    ttlSecondsAfterFinished: ttlSeconds ?? JOB_DEFAULTS.ttlSeconds,
    activeDeadlineSeconds: deadlineSeconds ?? JOB_DEFAULTS.deadlineSeconds,
    backoffLimit: retries,
  };
}

/**
 * The RayJob that a specification asks for. The Python SDK writes the same bytes:
 * `golden/` has cases that the tests of both read.
 *
 * @throws {InputError} that names each wrong field with the reason
 */
export function jobManifest(spec: JobSpec, origin: JobOrigin) {
  const request = jobRequest(spec, origin);
  validateRayJob(request);
  return renderRayJob(request);
}
