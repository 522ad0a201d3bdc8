import { InputError } from '@backstage/errors';
import {
  validateCpu,
  validateEnvName,
  validateImage,
  validateImageTag,
  validateJobName,
  validateLabelValue,
  validateMemory,
  validateNamespace,
} from '../values/validation';
import type { RayJobRequest } from './renderRayJob';

/** Most worker pods of one run. */
export const MOST_WORKERS = 1000;

function wholeNumber(value: number, least: number, most: number) {
  return Number.isInteger(value) && value >= least && value <= most
    ? undefined
    : `${value} is not a whole number from ${least} to ${most}`;
}

function* problems(
  request: RayJobRequest,
): Generator<[string, string | undefined]> {
  yield ['name', validateJobName(request.name)];
  yield ['namespace', validateNamespace(request.namespace)];
  yield [
    'workload',
    request.workload ? validateLabelValue(request.workload) : 'It is empty',
  ];
  yield [
    'version',
    validateImageTag(request.version) ?? validateLabelValue(request.version),
  ];
  yield ['image', validateImage(request.image)];
  yield [
    'entrypoint',
    request.entrypoint.trim()
      ? undefined
      : 'It is empty; give a command, for example python train.py',
  ];
  yield ['workers', wholeNumber(request.workers, 0, MOST_WORKERS)];
  yield ['cpu', validateCpu(request.resources.cpu)];
  yield ['memory', validateMemory(request.resources.memory)];
  yield ['gpu', wholeNumber(request.resources.gpu, 0, 16)];
  const seen = new Set<string>();
  for (const { name } of request.environment) {
    yield [
      'environment',
      seen.has(name)
        ? `'${name}' is set twice; keep one of the two`
        : validateEnvName(name),
    ];
    seen.add(name);
  }
  yield [
    'ttlSecondsAfterFinished',
    wholeNumber(request.ttlSecondsAfterFinished, 0, 30 * 24 * 3600),
  ];
  if (request.activeDeadlineSeconds !== undefined) {
    yield [
      'activeDeadlineSeconds',
      wholeNumber(request.activeDeadlineSeconds, 1, 365 * 24 * 3600),
    ];
  }
  if (request.backoffLimit !== undefined) {
    yield ['backoffLimit', wholeNumber(request.backoffLimit, 0, 10)];
  }
  for (const field of ['queue', 'priority'] as const) {
    const value = request[field];
    yield [field, value === undefined ? undefined : validateLabelValue(value)];
  }
}

/**
 * Checks a run by the rules of Kubernetes, KubeRay and the registry.
 * @throws {InputError} that names each wrong field with the reason
 */
export function validateRayJob(request: RayJobRequest): void {
  const found = [...problems(request)].filter(([, problem]) => problem);
  if (found.length > 0) {
    throw new InputError(
      `Can't create the job: ${found
        .map(([field, problem]) => `${field}: ${problem}`)
        .join('; ')}`,
    );
  }
}
