import {
  validateCpu,
  validateEnvName,
  validateMemory,
  validateQuantity,
} from '../values/validation';
import { placementProblems } from './placementProblems';
import type { Mount } from './podRequest';
import type { RayJobRequest } from './renderRayJob';
import { isAutoscaled, mostWorkers } from './workerCounts';

/** Most worker pods of one run. */
export const MOST_WORKERS = 1000;
/** Most GPUs of one pod. */
export const MOST_GPUS = 16;

/** A field, and what is wrong with it. */
export type FieldProblem = readonly [string, string | undefined];

const OBJECT =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const REFERENCE = /^([^/]+)\/([-._a-zA-Z0-9]{1,253})$/;
const GROUP = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const RESOURCE =
  /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?\/[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const FOLDER = /^(\/[A-Za-z0-9._-]+)+$/;
const BUCKET = /^[a-z0-9][-a-z0-9._]{1,61}[a-z0-9]$/;
const BUCKET_FOLDER =
  /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;

export function wholeNumber(value: number, least: number, most: number) {
  return Number.isInteger(value) && value >= least && value <= most
    ? undefined
    : `${value} is not a whole number from ${least} to ${most}`;
}

const objectName = (name: string) =>
  name.length <= 253 && OBJECT.test(name)
    ? undefined
    : `'${name}' can't name a Kubernetes object; use lowercase letters, digits, dots and hyphens`;

function reference(text: string) {
  const [, name] = REFERENCE.exec(text) ?? [];
  return name === undefined
    ? `'${text}' is no reference; write NAME/KEY, for example credentials/token`
    : objectName(name);
}

const resource = (name: string) =>
  RESOURCE.test(name)
    ? undefined
    : `'${name}' is not an extended resource; write vendor/name, for example nvidia.com/gpu`;

function mountSource(mount: Mount): string | undefined {
  if ('bucket' in mount) {
    if (!BUCKET.test(mount.bucket)) {
      return `'${mount.bucket}' can't name a bucket; use its name without gs://`;
    }
    return mount.folder === undefined || BUCKET_FOLDER.test(mount.folder)
      ? undefined
      : `'${mount.folder}' can't be a folder of a bucket; write it as data/images`;
  }
  if ('claim' in mount) {
    return objectName(mount.claim);
  }
  return (
    validateQuantity(mount.size) ??
    (mount.storageClass === undefined
      ? undefined
      : objectName(mount.storageClass))
  );
}

function* mountProblems(request: RayJobRequest): Generator<FieldProblem> {
  const taken = new Set(['/dev/shm']);
  for (const mount of request.mounts ?? []) {
    const { path } = mount;
    const parts = path.split('/');
    if (!FOLDER.test(path) || parts.includes('.') || parts.includes('..')) {
      yield [
        'mounts',
        `'${path}' is not the path of a folder; write it as /data/images`,
      ];
    } else if (taken.has(path)) {
      yield ['mounts', `'${path}' is used twice; keep one of the two`];
    }
    taken.add(path);
    yield ['mounts', mountSource(mount)];
  }
}

function* referenceProblems(request: RayJobRequest): Generator<FieldProblem> {
  const { secretEnv = {}, configEnv = {} } = request;
  const seen = new Set(request.environment.map(({ name }) => name));
  for (const [field, references] of [
    ['secretEnv', secretEnv],
    ['configEnv', configEnv],
  ] as const) {
    for (const [name, text] of Object.entries(references)) {
      yield [
        field,
        seen.has(name)
          ? `'${name}' is set twice; keep one of the two`
          : validateEnvName(name),
      ];
      seen.add(name);
      yield [field, reference(text)];
    }
  }
  for (const field of [
    'envFromSecrets',
    'envFromConfigMaps',
    'imagePullSecrets',
  ] as const) {
    for (const name of request[field] ?? []) {
      yield [field, objectName(name)];
    }
  }
}

/** What is wrong with the sizes and the numbers of pods that a run asks for. */
export function* groupProblems(
  request: RayJobRequest,
): Generator<FieldProblem> {
  const { cpu, memory, gpu } = request.resources;
  const names = new Set(['workers']);
  const all = [
    { ...request, cpu, memory, gpu, name: undefined },
    ...(request.groups ?? []),
  ];
  for (const group of all) {
    const { name, workers, minWorkers = workers, maxWorkers = workers } = group;
    const field = (key: string) =>
      name === undefined ? key : `groups.${name}.${key}`;
    if (name !== undefined) {
      yield [
        'groups',
        GROUP.test(name) && name.length <= 40
          ? undefined
          : `'${name}' can't name a worker group; use lowercase letters, digits and hyphens, and start with a letter`,
      ];
      yield [
        'groups',
        names.has(name)
          ? `'${name}' is used twice; name each worker group differently`
          : undefined,
      ];
      names.add(name);
    }
    yield [field('workers'), wholeNumber(workers, 0, MOST_WORKERS)];
    if (minWorkers !== workers) {
      yield [field('minWorkers'), wholeNumber(minWorkers, 0, workers)];
    }
    if (maxWorkers !== workers) {
      yield [
        field('maxWorkers'),
        wholeNumber(maxWorkers, workers, MOST_WORKERS),
      ];
    }
    yield [field('cpu'), validateCpu(group.cpu)];
    yield [field('memory'), validateMemory(group.memory)];
    yield [field('gpu'), wholeNumber(group.gpu ?? 0, 0, MOST_GPUS)];
    if (group.accelerator !== undefined) {
      yield [field('accelerator'), resource(group.accelerator)];
    }
    for (const problem of placementProblems(group.placement ?? {})) {
      yield [field('placement'), problem];
    }
  }
  const total = all.reduce((sum, group) => sum + mostWorkers(group), 0);
  if (all.length > 1 && total > MOST_WORKERS) {
    yield ['groups', `${total} workers in all are more than ${MOST_WORKERS}`];
  }
  if (request.queue !== undefined && isAutoscaled(request)) {
    yield [
      'maxWorkers',
      'Kueue admits only jobs with a fixed number of workers; leave out the queue, or minWorkers and maxWorkers',
    ];
  }
}

/** What is wrong with what the pods of a run get. */
export function* podProblems(request: RayJobRequest): Generator<FieldProblem> {
  yield* referenceProblems(request);
  if (request.sharedMemory !== undefined) {
    yield ['sharedMemory', validateMemory(request.sharedMemory)];
  }
  yield* mountProblems(request);
}
