import { applyConflict, badRequest } from '../errors/statusErrors';
import { asObject, JsonObject, sameJson } from '../model/json';
import { KubeObject, kubeTime, ManagedFieldsEntry } from '../model/KubeObject';
import { apiVersionOf } from '../model/ResourceType';
import { ApiContext, NamedTarget, WriteOptions } from '../verbs/ApiContext';
import { checkBody } from '../verbs/checkBody';
import { insertObject } from '../verbs/createObject';
import { replaceObject } from '../verbs/updateObject';
import { FieldSet } from './FieldSet';
import { clientSideApplied } from './clientSideApplied';
import { Difference, difference, fieldsOf } from './fieldsOf';
import { mergeApplied, removeFields } from './mergeApplied';
import {
  isSameOwner,
  ownable,
  OwnedFields,
  Owner,
  parseOwned,
  printOwned,
} from './ownedFields';

/**
 * Server-side apply: the object gets what the manager applies, loses what the
 * manager applied before and no longer does, and keeps what others own.
 *
 * @throws {StatusError} when others own other values, and it is not forced
 */
export function applyObject(
  context: ApiContext,
  target: NamedTarget,
  body: unknown,
  options: WriteOptions & { readonly force: boolean },
): { readonly object: KubeObject; readonly created: boolean } {
  const { type, namespace, name, subresource } = target;
  const applied = checkBody(withoutNulls(asObject(body) ?? {}), target);
  if (applied.metadata.managedFields) {
    throw badRequest('metadata.managedFields must be nil');
  }
  const current = context.store.get(type.storage, namespace, name);
  const owner: Owner = {
    manager: options.manager,
    operation: 'Apply',
    apiVersion: apiVersionOf(type),
    ...(subresource ? { subresource } : {}),
  };
  const time = kubeTime(context.now());
  const { value: wanted, schema } = ownable(applied, type, subresource);
  const fields =
    Object.keys(wanted).length > 0 ? fieldsOf(wanted, schema) : FieldSet.EMPTY;
  if (!current) {
    const managed = printOwned([{ owner, fields, time }]);
    const object = insertObject(context, target, applied, options, managed);
    return { object, created: true };
  }
  const owned = parseOwned(current.object.metadata.managedFields);
  const live = ownable(current.object, type, subresource).value;
  const previous =
    owned.find(one => isSameOwner(one.owner, owner))?.fields ?? FieldSet.EMPTY;
  const others = owned.filter(one => !isSameOwner(one.owner, owner));
  const merged = asObject(
    removeFields(
      mergeApplied(live, wanted, schema),
      previous.subtract(fields),
      others.reduce((sum, one) => sum.union(one.fields), fields),
      schema,
    ),
  );
  const { changed, removed } = difference(live, merged ?? {}, schema);
  const allowed = clientSideApplied(current.object, target, options.manager);
  const left = releaseOthers(others, { changed, removed }, allowed, options);
  const next = assemble(current.object, merged ?? {}, live, applied);
  const object = replaceObject(
    context,
    target,
    current,
    next,
    options,
    accepted =>
      printManaged(current.object, accepted, [
        ...left,
        { owner, fields, time },
      ]),
  );
  return { object, created: false };
}

/**
 * The others' fields after a change.
 *
 * @throws {StatusError} when it takes some of them and is not forced
 */
function releaseOthers(
  others: readonly OwnedFields[],
  { changed, removed }: Difference,
  allowed: FieldSet,
  { force }: { readonly force: boolean },
): OwnedFields[] {
  const taken = changed.subtract(allowed);
  const causes = others.flatMap(({ owner, fields }) =>
    fields
      .intersect(taken)
      .paths()
      .map(field => ({
        reason: 'FieldManagerConflict',
        message: `conflict with "${owner.manager}"${owner.subresource ? ` with subresource "${owner.subresource}"` : ''} using ${owner.apiVersion}`,
        field,
      })),
  );
  if (causes.length > 0 && !force) {
    throw applyConflict(causes);
  }
  return others.map(one => ({
    ...one,
    fields: one.fields.subtract(changed).subtract(removed),
  }));
}

/** The live object with the parts that can be owned replaced. */
function assemble(
  current: KubeObject,
  merged: JsonObject,
  live: JsonObject,
  applied: KubeObject,
): KubeObject {
  const next: KubeObject = { ...current };
  for (const key of Object.keys(live)) {
    if (!(key in merged) && key !== 'metadata') {
      delete next[key];
    }
  }
  const { metadata, ...rest } = merged;
  const { labels, annotations, finalizers, ownerReferences, ...meta } =
    current.metadata;
  return {
    ...next,
    ...rest,
    metadata: {
      ...meta,
      ...asObject(metadata),
      resourceVersion: applied.metadata.resourceVersion,
      uid: applied.metadata.uid ?? meta.uid,
    },
  };
}

/** An apply that changes neither the object nor an owner keeps the old times. */
function printManaged(
  current: KubeObject,
  accepted: KubeObject,
  owned: readonly OwnedFields[],
): ManagedFieldsEntry[] {
  const before = current.metadata.managedFields ?? [];
  const after = printOwned(owned);
  const untimed = (entries: readonly ManagedFieldsEntry[]) =>
    entries.map(({ time: _time, ...entry }) => JSON.stringify(entry)).sort();
  const rest = ({ metadata, ...object }: KubeObject) => ({
    ...object,
    metadata: { ...metadata, managedFields: undefined },
  });
  return sameJson(untimed(before), untimed(after)) &&
    sameJson(rest(current), rest(accepted))
    ? before
    : after;
}

function withoutNulls(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => {
        const inner = asObject(value);
        return [key, inner ? withoutNulls(inner) : value];
      }),
  );
}
