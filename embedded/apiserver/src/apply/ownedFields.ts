import { asObject, JsonObject } from '../model/json';
import { KubeObject, ManagedFieldsEntry } from '../model/KubeObject';
import { ResourceType } from '../model/ResourceType';
import { schemaOf } from '../schemas/schemaOf';
import { Schema } from '../schemas/Schema';
import { FieldSet } from './FieldSet';

/** What a write to one subresource (or to the main resource) can own. */
export interface Ownable {
  readonly value: JsonObject;
  readonly schema: Schema;
}

const OWNED_METADATA = [
  'labels',
  'annotations',
  'finalizers',
  'ownerReferences',
];

/** The object without the fields that nobody owns. */
export function ownable(
  object: KubeObject,
  type: ResourceType,
  subresource: string | undefined,
): Ownable {
  const { apiVersion: _version, kind: _kind, metadata, ...rest } = object;
  const value: JsonObject = {};
  const meta = asObject(metadata) ?? {};
  const ownedMeta = Object.fromEntries(
    OWNED_METADATA.filter(key => meta[key] !== undefined).map(key => [
      key,
      meta[key],
    ]),
  );
  if (Object.keys(ownedMeta).length > 0) {
    value.metadata = ownedMeta;
  }
  const fields = rest as JsonObject;
  for (const [key, field] of Object.entries(fields)) {
    const inStatus = key === 'status' && type.statusSubresource;
    if (inStatus === (subresource === 'status')) {
      value[key] = field;
    }
  }
  return { value, schema: schemaOf(type) };
}

/** The entry that a manager's writes of one kind go to. */
export interface Owner {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly subresource?: string;
}

export interface OwnedFields {
  readonly owner: Owner;
  readonly fields: FieldSet;
  readonly time?: string;
}

export function isSameOwner(a: Owner, b: Owner): boolean {
  return (
    a.manager === b.manager &&
    a.operation === b.operation &&
    a.apiVersion === b.apiVersion &&
    (a.subresource ?? '') === (b.subresource ?? '')
  );
}

export function parseOwned(
  entries: readonly ManagedFieldsEntry[] | undefined,
): OwnedFields[] {
  return (entries ?? []).map(entry => ({
    owner: {
      manager: entry.manager,
      operation: entry.operation,
      apiVersion: entry.apiVersion,
      ...(entry.subresource ? { subresource: entry.subresource } : {}),
    },
    fields: FieldSet.fromJson(entry.fieldsV1),
    time: entry.time,
  }));
}

/** Owners of nothing are left out. */
export function printOwned(
  owned: readonly OwnedFields[],
): ManagedFieldsEntry[] {
  return owned
    .filter(({ fields }) => !fields.isEmpty)
    .map(({ owner: { subresource, ...owner }, fields, time }) => ({
      ...owner,
      ...(time ? { time } : {}),
      fieldsType: 'FieldsV1',
      fieldsV1: fields.toJson(),
      ...(subresource ? { subresource } : {}),
    }));
}
