import { InputError } from '@backstage/errors';
import { textProblem } from '../values/manifestText';
import {
  validateBucket,
  validateEnvName,
  validateImage,
  validateImageTag,
  validateJobName,
  validateLabelValue,
  validateNamespace,
  validateServiceAccount,
} from '../values/validation';
import { BUCKET_VARIABLE } from './podParts';
import type { RayJobRequest } from './renderRayJob';
import {
  groupProblems,
  podProblems,
  wholeNumber,
  type FieldProblem,
} from './validatePods';

function* problems(request: RayJobRequest): Generator<FieldProblem> {
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
      ? textProblem('It', request.entrypoint)
      : 'It is empty; give a command, for example python train.py',
  ];
  yield* groupProblems(request);
  const seen = new Set<string>();
  for (const { name, value } of request.environment) {
    yield [
      'environment',
      seen.has(name)
        ? `'${name}' is set twice; keep one of the two`
        : (validateEnvName(name) ?? textProblem(`The value of ${name}`, value)),
    ];
    seen.add(name);
  }
  if (request.bucket && seen.has(BUCKET_VARIABLE)) {
    yield [
      'environment',
      `${BUCKET_VARIABLE} is the address of the workload's bucket; remove the variable`,
    ];
  }
  yield* podProblems(request);
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
  if (request.serviceAccount !== undefined) {
    yield ['serviceAccount', validateServiceAccount(request.serviceAccount)];
  }
  if (request.bucket !== undefined) {
    yield ['bucket', validateBucket(request.bucket)];
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
