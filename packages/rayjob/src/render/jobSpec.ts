import { InputError } from '@backstage/errors';
import { readImageReference } from '../values/imageReference';
import { jobName } from '../values/jobName';
import { renderRayJob, type RayJobRequest } from './renderRayJob';
import { quoteWord } from './shellWords';
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
} as const;

/** A training job as people ask for it. All but name and image has a default. */
export interface JobSpec {
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
   * Added to the entrypoint as options, for example `generations: '100'` as
   * `--generations=100`.
   */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Number of worker pods; with 0, the head does the work. Default: 1. */
  readonly workers?: number;
  /** Cores of each worker, for example `8` or `500m`. Default: `1`. */
  readonly cpu?: string;
  /** Memory of each worker, for example `32Gi`. Default: `2Gi`. */
  readonly memory?: string;
  /** GPUs of each worker. Default: 0. */
  readonly gpu?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Seconds that the Ray cluster stays after the job's end. Default: 300. */
  readonly ttlSeconds?: number;
  /** Seconds that the job may take in all. */
  readonly deadlineSeconds?: number;
  /** Times that a failed job is tried again, each on a new Ray cluster. */
  readonly retries?: number;
  /** Name of a Kueue LocalQueue in the job's namespace. */
  readonly queue?: string;
  /** Name of a Kueue WorkloadPriorityClass. */
  readonly priority?: string;
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
}

/** A label value for an image without a version of its own. */
function versionOf(image: string): string {
  const { tag, digest } = readImageReference(image);
  return tag ?? digest?.replace(/^sha256:/, '').slice(0, 12) ?? 'latest';
}

/** A value that a shell leaves alone. */
const SAFE = /^[\w@%+=:,./-]+$/;
const PARAMETER = /^[A-Za-z][A-Za-z0-9_-]*$/;

/**
 * The command with its parameters as options.
 * @throws {InputError} for a name that can't be an option, and for a script of
 * several lines, which has no one place for options
 */
function withParameters({ entrypoint, parameters = {} }: JobSpec): string {
  const command = entrypoint ?? DEFAULT_ENTRYPOINT;
  const names = Object.keys(parameters);
  const wrong = names.find(name => !PARAMETER.test(name));
  if (wrong !== undefined) {
    throw new InputError(
      `'${wrong}' can't name a parameter; use letters, digits, hyphens and underscores, and start with a letter`,
    );
  }
  if (names.length > 0 && command.trim().includes('\n')) {
    throw new InputError(
      'An entrypoint of several lines takes no parameters; write them into it',
    );
  }
  const options = Object.entries(parameters).map(([name, value]) =>
    SAFE.test(value) ? `--${name}=${value}` : `--${name}=${quoteWord(value)}`,
  );
  return [command, ...options].join(' ');
}

/** The run that a specification asks for, with all defaults written out. */
export function jobRequest(spec: JobSpec, origin: JobOrigin): RayJobRequest {
  const { namespace, now, requester, sourceCommit, gitopsPath } = origin;
  return {
    name: spec.runName ?? jobName(spec.name, now),
    namespace,
    workload: spec.name,
    version: spec.version ?? versionOf(spec.image),
    image: spec.image,
    entrypoint: withParameters(spec),
    workers: spec.workers ?? JOB_DEFAULTS.workers,
    resources: {
      cpu: spec.cpu ?? JOB_DEFAULTS.cpu,
      memory: spec.memory ?? JOB_DEFAULTS.memory,
      gpu: spec.gpu ?? JOB_DEFAULTS.gpu,
    },
    environment: Object.entries(spec.env ?? {}).map(([name, value]) => ({
      name,
      value,
    })),
    ttlSecondsAfterFinished: spec.ttlSeconds ?? JOB_DEFAULTS.ttlSeconds,
    activeDeadlineSeconds: spec.deadlineSeconds,
    backoffLimit: spec.retries,
    queue: spec.queue,
    priority: spec.priority,
    gitopsPath,
    requester,
    sourceCommit,
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
