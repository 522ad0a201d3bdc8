import { readFile } from 'node:fs/promises';
import { text as readStream } from 'node:stream/consumers';
import { InputError, isError, NotFoundError } from '@backstage/errors';
import {
  jobManifest,
  readImageReference,
  readRayJob,
  readYaml,
  type JobSpec,
  type RayJob,
} from '@ml-platform/rayjob';
import type { OpenedPlatform } from '@ml-platform/sdk';
import type { Cli } from '../../Cli';
import { findWorkloads } from '../../findWorkloads';
import type { SubmitOptions } from './command';
import { readEnvironment, splitPair } from './environment';

/** The command of a workload, as its catalog file has it. */
async function ownEntrypoint(
  cwd: string,
  workload: string,
): Promise<string | undefined> {
  const workloads = await findWorkloads(cwd);
  return workloads.find(({ name }) => name === workload)?.entrypoint;
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

async function fromFile(
  { io }: Cli,
  file: string,
  name: string | undefined,
  namespace: string,
): Promise<RayJob> {
  const text = await (
    file === '-' ? readStream(io.stdin) : readFile(file, 'utf8')
  ).catch(error => {
    throw new NotFoundError(
      `Couldn't read ${file}: ${isError(error) ? error.message : String(error)}`,
    );
  });
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
  return jobManifest(
    {
      ...image,
      runName: name,
      entrypoint:
        options.entrypoint ?? (await ownEntrypoint(io.cwd, image.name)),
      parameters: Object.fromEntries(
        param.map(pair => splitPair(pair, '--param')),
      ),
      workers: options.workers,
      cpu: options.cpu,
      memory: options.memory,
      gpu: options.gpu,
      env: await readEnvironment(envFile, env, io.env),
      ttlSeconds: options.ttl,
      deadlineSeconds: options.deadline,
      retries: options.retries,
      queue: options.queue,
      priority: options.priority,
    },
    { namespace, requester, now: io.now() },
  );
}
