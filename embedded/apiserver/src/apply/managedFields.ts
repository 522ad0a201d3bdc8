import { asObject } from '../model/json';
import { KubeObject, kubeTime, ManagedFieldsEntry } from '../model/KubeObject';
import { apiVersionOf, ResourceType } from '../model/ResourceType';
import { FieldSet } from './FieldSet';
import { difference, fieldsOf } from './fieldsOf';
import {
  isSameOwner,
  ownable,
  OwnedFields,
  Owner,
  parseOwned,
  printOwned,
} from './ownedFields';

/**
 * Owners of fields after a write that is not an apply: the writer owns what it
 * changed, everybody else loses that.
 */
export function ownedAfterUpdate(options: {
  readonly current: KubeObject | undefined;
  readonly next: KubeObject;
  readonly type: ResourceType;
  readonly manager: string;
  readonly subresource?: string;
  readonly now: number;
}): ManagedFieldsEntry[] {
  const { current, next, type, manager, subresource, now } = options;
  const { value, schema } = ownable(next, type, subresource);
  const before = current && ownable(current, type, subresource).value;
  const { changed, removed } = before
    ? difference(before, value, schema)
    : {
        changed:
          Object.keys(value).length > 0
            ? fieldsOf(value, schema)
            : FieldSet.EMPTY,
        removed: FieldSet.EMPTY,
      };
  const owned = startingPoint(current, next);
  if (changed.isEmpty && removed.isEmpty) {
    return printOwned(owned);
  }
  const owner: Owner = {
    manager,
    operation: 'Update',
    apiVersion: apiVersionOf(type),
    ...(subresource ? { subresource } : {}),
  };
  const others = owned
    .filter(one => !isSameOwner(one.owner, owner))
    .map(one => ({
      ...one,
      fields: one.fields.subtract(changed).subtract(removed),
    }));
  const mine = owned.find(one => isSameOwner(one.owner, owner));
  const result: OwnedFields = {
    owner,
    fields: (mine?.fields ?? FieldSet.EMPTY).union(changed).subtract(removed),
    time: kubeTime(now),
  };
  return printOwned([...others, result]);
}

/**
 * A client may rewrite the owners themselves, as kubectl does when an object
 * moves from client-side to server-side apply; `[{}]` forgets them.
 */
function startingPoint(
  current: KubeObject | undefined,
  next: KubeObject,
): OwnedFields[] {
  const given = current && next.metadata.managedFields;
  if (given?.length === 1 && Object.keys(given[0]).length === 0) {
    return [];
  }
  return parseOwned(
    given?.length && given.every(isEntry)
      ? given
      : current?.metadata.managedFields,
  );
}

function isEntry(entry: ManagedFieldsEntry): boolean {
  return (
    typeof entry.manager === 'string' &&
    ['Apply', 'Update'].includes(entry.operation) &&
    typeof entry.apiVersion === 'string' &&
    asObject(entry.fieldsV1) !== undefined
  );
}
