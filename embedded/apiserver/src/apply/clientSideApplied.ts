import { asObject } from '../model/json';
import { KubeObject } from '../model/KubeObject';
import { NamedTarget } from '../verbs/ApiContext';
import { FieldSet } from './FieldSet';
import { difference, fieldsOf } from './fieldsOf';
import { ownable } from './ownedFields';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * The fields that `kubectl apply --server-side` may take over although another
 * manager owns them: what `kubectl apply` without it set and nobody changed.
 */
export function clientSideApplied(
  current: KubeObject,
  { type, subresource }: NamedTarget,
  manager: string,
): FieldSet {
  const annotation = current.metadata.annotations?.[LAST_APPLIED];
  const applied =
    manager === 'kubectl' && annotation ? parse(annotation) : undefined;
  if (!applied) {
    return FieldSet.EMPTY;
  }
  const { value, schema } = ownable(applied, type, subresource);
  const live = ownable(current, type, subresource).value;
  const { changed, removed } = difference(value, live, schema);
  return fieldsOf(value, schema).subtract(changed).subtract(removed);
}

function parse(text: string): KubeObject | undefined {
  try {
    const object = asObject(JSON.parse(text));
    return asObject(object?.metadata)
      ? (object as unknown as KubeObject)
      : undefined;
  } catch {
    // Somebody else's annotation under this name says nothing about owners.
    return undefined;
  }
}
