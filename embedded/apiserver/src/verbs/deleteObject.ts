import { isHeld } from '../admission/finalizers';
import { Status } from '../errors/StatusError';
import { badRequest, conflict, deleted } from '../errors/statusErrors';
import { asNumber, asObject, asString, getPath } from '../model/json';
import { KubeObject, kubeTime } from '../model/KubeObject';
import { StoredObject } from '../store/StoredObject';
import { ApiContext, NamedTarget } from './ApiContext';
import { storedObject } from './getObject';

/** DeleteOptions of a request: its body, over its query. */
export interface DeleteOptions {
  readonly gracePeriodSeconds?: number;
  readonly propagationPolicy?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly dryRun: boolean;
}

const POLICIES = ['Orphan', 'Background', 'Foreground'];
const DEFAULT_POD_GRACE_SECONDS = 30;

/** @throws {StatusError} when the options can't be read */
export function parseDeleteOptions(
  body: unknown,
  query: URLSearchParams,
): DeleteOptions {
  const given = asObject(body) ?? {};
  const grace =
    asNumber(given.gracePeriodSeconds) ??
    (query.has('gracePeriodSeconds')
      ? Number(query.get('gracePeriodSeconds'))
      : undefined);
  const policy =
    asString(given.propagationPolicy) ??
    query.get('propagationPolicy') ??
    undefined;
  if (policy !== undefined && !POLICIES.includes(policy)) {
    throw badRequest(
      `invalid DeleteOptions: propagationPolicy: Unsupported value: "${policy}": supported values: "Foreground", "Background", "Orphan", "nil"`,
    );
  }
  const conditions = asObject(given.preconditions);
  return {
    gracePeriodSeconds: grace,
    propagationPolicy: policy,
    uid: asString(conditions?.uid),
    resourceVersion: asString(conditions?.resourceVersion),
    dryRun:
      query.get('dryRun') === 'All' ||
      (Array.isArray(given.dryRun) && given.dryRun.includes('All')),
  };
}

/**
 * Deletes the object, or marks it as going away where a finalizer or the
 * grace period of a running pod keeps it.
 */
export function deleteObject(
  context: ApiContext,
  target: NamedTarget,
  options: DeleteOptions,
): KubeObject | Status {
  const { type } = target;
  const stored = storedObject(context, target);
  checkPreconditions(target, stored.object, options);
  const object = structuredClone(stored.object);
  addPolicyFinalizer(object, options.propagationPolicy);
  const grace = graceSeconds(target, object, options);
  const kept = isHeld(object) || grace > 0;
  if (!kept) {
    const last = options.dryRun
      ? object
      : context.store.delete(type.storage, object).object;
    return type.deleteReturnsObject
      ? last
      : deleted(type, target.name, last.metadata.uid);
  }
  mark(object, grace, context.now());
  return write(context, target, stored, object, options);
}

function write(
  context: ApiContext,
  { type }: NamedTarget,
  stored: StoredObject,
  object: KubeObject,
  options: DeleteOptions,
): KubeObject {
  const unchanged =
    JSON.stringify(object.metadata) === JSON.stringify(stored.object.metadata);
  if (unchanged || options.dryRun) {
    return object;
  }
  return context.store.put(type.storage, object).object;
}

/** A second DELETE can only shorten the time that is left. */
function mark(object: KubeObject, grace: number, now: number): void {
  const { metadata } = object;
  const left = metadata.deletionGracePeriodSeconds;
  if (metadata.deletionTimestamp && (left === undefined || left <= grace)) {
    return;
  }
  metadata.deletionTimestamp = kubeTime(now + grace * 1000);
  metadata.deletionGracePeriodSeconds = grace;
  if (metadata.generation !== undefined) {
    metadata.generation += 1;
  }
  if (object.kind === 'Namespace') {
    object.status = { ...asObject(object.status), phase: 'Terminating' };
  }
}

function checkPreconditions(
  { type, name }: NamedTarget,
  { metadata }: KubeObject,
  { uid, resourceVersion }: DeleteOptions,
): void {
  if (uid !== undefined && uid !== metadata.uid) {
    throw conflict(
      type,
      name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${metadata.uid}`,
    );
  }
  if (
    resourceVersion !== undefined &&
    resourceVersion !== metadata.resourceVersion
  ) {
    throw conflict(
      type,
      name,
      `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${metadata.resourceVersion}`,
    );
  }
}

const POLICY_FINALIZERS: Readonly<Record<string, string>> = {
  Foreground: 'foregroundDeletion',
  Orphan: 'orphan',
};

/** The garbage collector sees by these what to do with the children first. */
function addPolicyFinalizer(
  { metadata }: KubeObject,
  policy: string | undefined,
): void {
  if (policy === undefined) {
    return;
  }
  const wanted = POLICY_FINALIZERS[policy];
  const others = (metadata.finalizers ?? []).filter(
    one => !Object.values(POLICY_FINALIZERS).includes(one),
  );
  const finalizers = wanted ? [...others, wanted] : others;
  if (finalizers.length > 0) {
    metadata.finalizers = finalizers;
  } else {
    delete metadata.finalizers;
  }
}

/** Only a pod that a node may be running has time to end. */
function graceSeconds(
  { type }: NamedTarget,
  object: KubeObject,
  { gracePeriodSeconds }: DeleteOptions,
): number {
  const phase = getPath(object, 'status.phase');
  if (
    type.storage !== 'pods' ||
    !getPath(object, 'spec.nodeName') ||
    phase === 'Succeeded' ||
    phase === 'Failed'
  ) {
    return 0;
  }
  const wanted =
    gracePeriodSeconds ??
    asNumber(getPath(object, 'spec.terminationGracePeriodSeconds')) ??
    DEFAULT_POD_GRACE_SECONDS;
  return wanted < 0 ? 1 : wanted;
}
