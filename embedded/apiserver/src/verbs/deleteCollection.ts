import { KubeObject } from '../model/KubeObject';
import { apiVersionOf } from '../model/ResourceType';
import { ApiContext, Target } from './ApiContext';
import { deleteObject, parseDeleteOptions } from './deleteObject';
import { listObjects } from './listObjects';

/** Deletes what the selectors pick; answers with the list of it. */
export function deleteCollection(
  context: ApiContext,
  target: Target,
  query: URLSearchParams,
  body: unknown,
): object {
  const { type } = target;
  const options = parseDeleteOptions(body, query);
  const { items, metadata } = listObjects(context, target, query);
  const deleted: KubeObject[] = items.map(({ object }) => {
    const { name, namespace } = object.metadata;
    deleteObject(context, { type, name, namespace }, options);
    return object;
  });
  return {
    kind: `${type.kind}List`,
    apiVersion: apiVersionOf(type),
    metadata,
    items: deleted,
  };
}
