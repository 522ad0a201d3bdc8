import { readFile } from 'node:fs/promises';
import { text as readStream } from 'node:stream/consumers';
import { InputError, isError, NotFoundError } from '@backstage/errors';
import {
  jobManifest,
  readImageReference,
  readRayJob,
  readYaml,
  storageOfRun,
  type JobSpec,
  type RayJob,
} from '@ml-platform/rayjob';
import type { OpenedPlatform, Workload } from '@ml-platform/sdk';
import type { Cli } from '../../Cli';
import { findWorkloads } from '../../findWorkloads';
import type { SubmitOptions } from './command';
import { readEnvironment, splitPair } from './environment';
import { readMount } from './mounts';

/** A workload, as its catalog file describes it. */
async function findOwn(
  cwd: string,
  workload: string,
): Promise<Workload | undefined> {
  const workloads = await findWorkloads(cwd);
  return workloads.find(({ name }) => name === workload);
}

/** Name and image of `WORKLOAD:VERSION` in the registry, or of any image. */
function imageOf(
  what: string,
  { settings }: OpenedPlatform,
): Pick<JobSpec, 'name' | 'image'> {
  const { repository, tag, digest } = readImageReference(what);
  const name = repository.slice(repository.lastIndexOf('/') + 1);
  if (repository.includes('/')) {
    return { name, image: what };
  }
  if (!tag && !digest) {
    throw new InputError(
      `Name a version, for example ${what}:1.0.0; 'ml-platform versions ${what}' lists them`,
    );
  }
  const registry = settings.registry?.replace(/\/+$/, '');
  return { name, image: registry ? `${registry}/${what}` : what };
}

const readText = (file: string) =>
  readFile(file, 'utf8').catch(error => {
    throw new NotFoundError(
      `Couldn't read ${file}: ${isError(error) ? error.message : String(error)}`,
    );
  });

async function fromFile(
  { io }: Cli,
  file: string,
  name: string | undefined,
  namespace: string,
): Promise<RayJob> {
  const text = await (file === '-' ? readStream(io.stdin) : readText(file));
  const job = readRayJob(readYaml(text));
  return {
    ...job,
    metadata: {
      ...job.metadata,
      name: name ?? job.metadata.name,
      namespace: job.metadata.namespace ?? namespace,
    },
  };
}

const pairs = (texts: readonly string[], option: string) =>
  Object.fromEntries(texts.map(text => splitPair(text, option)));

async function readRuntimeEnv(
  file: string | undefined,
): Promise<JobSpec['runtimeEnv']> {
  if (file === undefined) {
    return undefined;
  }
  const value = readYaml(await readText(file));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError(
      `${file} has to hold an object, for example pip: [scipy]`,
    );
  }
  return { ...value };
}

/**
 * The RayJob that the command line asks for.
 * @throws {InputError} that says all that is wrong with it
 */
export async function newJob(
  cli: Cli,
  opened: OpenedPlatform,
  options: SubmitOptions,
  what: string | undefined,
): Promise<RayJob> {
  const { io } = cli;
  const { namespace = '', requester } = opened;
  const { file, name, env = [], envFile = [], param = [] } = options;
  if (file !== undefined) {
    if (what !== undefined) {
      throw new InputError('Name a workload or a file, not both');
    }
    return fromFile(cli, file, name, namespace);
  }
  if (what === undefined) {
    throw new InputError(
      'Name what to run, for example hello-ray:1.0.0, or a file with -f',
    );
  }
  const image = imageOf(what, opened);
  const { signal, cwd } = io;
  const { orderJob } = await import('../../orderJob');
  const { platform, settings } = opened;
  const workload = await findOwn(cwd, image.name);
  const spec = await orderJob(
    {
      ...image,
      runName: name,
      entrypoint: options.entrypoint ?? workload?.entrypoint,
      parameters: pairs(param, '--param'),
      size: options.size,
      workers: options.workers,
      maxWorkers: options.maxWorkers,
      cpu: options.cpu,
      memory: options.memory,
      gpu: options.gpu,
      gpuType: options.gpuType,
      spot: options.spot,
      env: await readEnvironment(envFile, env, io.env),
      secretEnv: pairs(options.secretEnv ?? [], '--secret-env'),
      configEnv: pairs(options.configEnv ?? [], '--config-env'),
      imagePullSecrets: options.pullSecret,
      sharedMemory: options.sharedMemory,
      mounts: options.mount?.map(readMount),
      runtimeEnv: await readRuntimeEnv(options.runtimeEnv),
      ttlSeconds: options.ttl,
      deadlineSeconds: options.deadline,
      retries: options.retries,
      queue: options.queue,
      priority: options.priority,
      ...storageOfRun(workload?.storage, namespace, options.serviceAccount),
    },
    { platform, cluster: settings.cluster, cwd, signal },
  );
  return jobManifest(spec, { namespace, requester, now: io.now() });
}
