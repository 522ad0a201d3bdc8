import {
  finalizerProblems,
  metadataProblems,
  missingName,
  newMetadata,
} from '../admission/metadata';
import { podSecurityProblem } from '../admission/podSecurity';
import { ownedAfterUpdate } from '../apply/managedFields';
import {
  alreadyExists,
  forbidden,
  invalid,
  notFound,
} from '../errors/statusErrors';
import { getPath } from '../model/json';
import { KubeObject, ManagedFieldsEntry } from '../model/KubeObject';
import { ApiContext, Target, WriteOptions } from './ApiContext';
import { checkBody } from './checkBody';
import { conform, schemaProblems } from './conform';

const GENERATE_TRIES = 8;

/** Creates an object from a request's body and answers with it. */
export function createObject(
  context: ApiContext,
  target: Target,
  body: unknown,
  options: WriteOptions,
): KubeObject {
  return insertObject(context, target, checkBody(body, target), options);
}

/**
 * Creates an object. With `managed`, its owners are given and not worked out from
 * the request.
 */
export function insertObject(
  context: ApiContext,
  { type, namespace }: Target,
  given: KubeObject,
  options: WriteOptions,
  managed?: ManagedFieldsEntry[],
): KubeObject {
  const { store } = context;
  const nameless = missingName(given.metadata);
  if (nameless.length > 0) {
    throw invalid(type, '', nameless);
  }
  checkNamespace(context, { type, namespace }, given.metadata.name);
  const strategy = context.strategyOf(type);
  const object = structuredClone(given);
  object.metadata = freshMetadata(context, { type, namespace }, given);
  if (type.statusSubresource && type.storage !== 'nodes') {
    delete object.status;
  }
  conform(type, object, options);
  strategy.defaults?.(object);
  // What the server adds from here on belongs to nobody.
  const managedFields =
    managed ??
    ownedAfterUpdate({
      current: undefined,
      next: object,
      type,
      manager: options.manager,
      now: context.now(),
    });
  strategy.prepareCreate?.(object, {
    now: context.now(),
    username: options.username,
    clusterIPTaken: ip =>
      store
        .list('services')
        .some(({ object: other }) => getPath(other, 'spec.clusterIP') === ip),
  });
  checkPodSecurity(context, { type, namespace }, object);
  const causes = [
    ...metadataProblems(object, strategy.nameCheck),
    ...finalizerProblems(object.metadata, object.metadata),
    ...schemaProblems(type, object, undefined),
    ...(strategy.validate?.(object) ?? []),
  ];
  if (causes.length > 0) {
    throw invalid(type, object.metadata.name, causes);
  }
  const { name } = object.metadata;
  if (store.get(type.storage, namespace, name)) {
    throw alreadyExists(type, name);
  }
  object.metadata = { ...object.metadata, managedFields };
  return options.dryRun ? object : store.put(type.storage, object).object;
}

function checkPodSecurity(
  { store }: ApiContext,
  { type, namespace }: Target,
  object: KubeObject,
): void {
  const found =
    type.storage === 'pods'
      ? store.get('namespaces', undefined, namespace ?? '')?.object
      : undefined;
  const problem = found && podSecurityProblem(object, found.metadata);
  if (problem) {
    throw forbidden(type, object.metadata.name, problem);
  }
}

function freshMetadata(
  { store, now }: ApiContext,
  { type, namespace }: Target,
  given: KubeObject,
) {
  const options = { namespace, now: now(), generation: type.generation };
  let metadata = newMetadata(given.metadata, options);
  for (let i = 0; i < GENERATE_TRIES && !given.metadata.name; i++) {
    if (!store.get(type.storage, namespace, metadata.name)) {
      break;
    }
    metadata = newMetadata(given.metadata, options);
  }
  return metadata;
}

const NAMESPACES = { group: '', plural: 'namespaces', kind: 'Namespace' };

/** A namespaced object needs its namespace, and one that is not going away. */
function checkNamespace(
  { store }: ApiContext,
  { type, namespace }: Target,
  name: string,
): void {
  if (!namespace) {
    return;
  }
  const found = store.get('namespaces', undefined, namespace);
  if (!found) {
    throw notFound(NAMESPACES, namespace);
  }
  if (found.object.metadata.deletionTimestamp) {
    throw forbidden(
      type,
      name,
      `unable to create new content in namespace ${namespace} because it is being terminated`,
      [
        {
          reason: 'NamespaceTerminating',
          message: `namespace ${namespace} is being terminated`,
          field: 'metadata.namespace',
        },
      ],
    );
  }
}
