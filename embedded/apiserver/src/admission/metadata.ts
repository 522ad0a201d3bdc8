import { randomInt, randomUUID } from 'node:crypto';
import { StatusCause } from '../errors/StatusError';
import { badRequest, conflict } from '../errors/statusErrors';
import { asObject } from '../model/json';
import { KubeObject, kubeTime, ObjectMeta } from '../model/KubeObject';
import { ResourceType } from '../model/ResourceType';
import { forbiddenField, invalidValue, required } from './causes';
import { isLabelValue, isQualifiedName, isSubdomain, NameCheck } from './names';

// Without vowels and look-alikes, so that no name spells a word.
const SUFFIX_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';
const SUFFIX_LENGTH = 5;
const MAX_GENERATED_BASE = 63 - SUFFIX_LENGTH;

/** `base` with five random letters, as generateName asks for. */
export function generatedName(base: string): string {
  const suffix = Array.from(
    { length: SUFFIX_LENGTH },
    () => SUFFIX_LETTERS[randomInt(SUFFIX_LETTERS.length)],
  ).join('');
  return `${base.slice(0, MAX_GENERATED_BASE)}${suffix}`;
}

/** Metadata of a new object: what the server alone decides. */
export function newMetadata(
  given: ObjectMeta,
  options: {
    readonly namespace: string | undefined;
    readonly now: number;
    readonly generation: boolean;
  },
): ObjectMeta {
  if (given.resourceVersion) {
    throw badRequest(
      'resourceVersion should not be set on objects to be created',
    );
  }
  const {
    deletionTimestamp: _deletion,
    deletionGracePeriodSeconds: _grace,
    resourceVersion: _version,
    generation: _generation,
    managedFields: _managed,
    ...meta
  } = given;
  return {
    ...withoutEmpty(meta),
    name: given.name || generatedName(given.generateName ?? ''),
    ...(options.namespace ? { namespace: options.namespace } : {}),
    uid: randomUUID(),
    creationTimestamp: kubeTime(options.now),
    ...(options.generation ? { generation: 1 } : {}),
  };
}

/** Metadata of an update: what a client cannot change is carried over. */
export function updatedMetadata(
  given: ObjectMeta,
  current: ObjectMeta,
  type: ResourceType,
): ObjectMeta {
  if (given.uid && given.uid !== current.uid) {
    throw conflict(
      type,
      current.name,
      `Precondition failed: UID in precondition: ${given.uid}, UID in object meta: ${current.uid}`,
    );
  }
  const {
    deletionTimestamp: _deletion,
    deletionGracePeriodSeconds: _grace,
    generation: _generation,
    ...meta
  } = given;
  const { deletionTimestamp, deletionGracePeriodSeconds, generation } = current;
  return {
    ...withoutEmpty(meta),
    name: current.name,
    ...(current.namespace ? { namespace: current.namespace } : {}),
    ...(current.generateName ? { generateName: current.generateName } : {}),
    uid: current.uid,
    creationTimestamp: current.creationTimestamp,
    resourceVersion: current.resourceVersion,
    ...(deletionTimestamp
      ? { deletionTimestamp, deletionGracePeriodSeconds }
      : {}),
    ...(generation === undefined ? {} : { generation }),
  };
}

function withoutEmpty(meta: ObjectMeta): ObjectMeta {
  const kept: ObjectMeta = { ...meta };
  for (const key of ['labels', 'annotations'] as const) {
    if (!kept[key] || Object.keys(kept[key]).length === 0) {
      delete kept[key];
    }
  }
  for (const key of ['finalizers', 'ownerReferences'] as const) {
    if (!kept[key]?.length) {
      delete kept[key];
    }
  }
  return kept;
}

/** What is wrong with the metadata, field by field. */
export function metadataProblems(
  object: KubeObject,
  nameCheck: NameCheck = isSubdomain,
): StatusCause[] {
  const { name, labels, annotations, ownerReferences } = object.metadata;
  return [
    ...nameCheck(name).map(problem =>
      invalidValue('metadata.name', name, problem),
    ),
    ...Object.entries(labels ?? {}).flatMap(([key, value]) => [
      ...isQualifiedName(key).map(problem =>
        invalidValue('metadata.labels', key, problem),
      ),
      ...isLabelValue(value).map(problem =>
        invalidValue('metadata.labels', value, problem),
      ),
    ]),
    ...Object.keys(annotations ?? {}).flatMap(key =>
      isQualifiedName(key.toLocaleLowerCase('en-US')).map(problem =>
        invalidValue('metadata.annotations', key, problem),
      ),
    ),
    ...(ownerReferences ?? []).flatMap((owner, index) =>
      (['apiVersion', 'kind', 'name', 'uid'] as const)
        .filter(field => !owner[field])
        .map(field =>
          required(
            `metadata.ownerReferences[${index}].${field}`,
            'must not be empty',
          ),
        ),
    ),
  ];
}

/** A name or a generateName is needed before anything else can be checked. */
export function missingName(meta: ObjectMeta): StatusCause[] {
  return meta.name || meta.generateName
    ? []
    : [required('metadata.name', 'name or generateName is required')];
}

export function finalizerProblems(
  next: ObjectMeta,
  current: ObjectMeta,
): StatusCause[] {
  const added = (next.finalizers ?? []).filter(
    one => !current.finalizers?.includes(one),
  );
  return current.deletionTimestamp && added.length > 0
    ? [
        forbiddenField(
          'metadata.finalizers',
          `no new finalizers can be added if the object is being deleted, found new finalizers []string{${added.map(one => `"${one}"`).join(', ')}}`,
        ),
      ]
    : [];
}

/**
 * Refuses metadata that can't be read at all, like the decoder of a real
 * server.
 *
 * @throws {StatusError} when a field is of another type
 */
export function checkMetadataTypes(object: KubeObject): void {
  const meta = asObject(object.metadata);
  if (!meta) {
    throw badRequest('metadata must be an object');
  }
  for (const key of ['labels', 'annotations']) {
    const wrong = Object.values(asObject(meta[key]) ?? {}).find(
      value => typeof value !== 'string',
    );
    if (
      wrong !== undefined ||
      (meta[key] !== undefined && meta[key] !== null && !asObject(meta[key]))
    ) {
      throw badRequest(
        `${object.kind} in version "${object.apiVersion}" cannot be handled as a ${object.kind}: json: cannot unmarshal ${goType(wrong ?? meta[key])} into Go struct field ObjectMeta.metadata.${key} of type ${wrong === undefined ? 'map[string]string' : 'string'}`,
      );
    }
  }
}

function goType(value: unknown): string {
  if (Array.isArray(value)) {
    return 'array';
  }
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
