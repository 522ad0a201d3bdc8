/** What a field of a message holds; a name is that of another message. */
export type FieldKind =
  | 'string'
  | 'int'
  | 'bool'
  | 'map'
  | 'bytesMap'
  | { readonly message: string }
  | { readonly list: 'string' }
  | { readonly list: { readonly message: string } };

export type Message = Readonly<
  Record<number, readonly [name: string, kind: FieldKind]>
>;

const message = (name: string) => ({ message: name });

/**
 * Field numbers of the kinds that `kubectl create` sends as protobuf (the
 * generated.proto files of k8s.io/api). Fields that only servers set are left
 * out.
 */
export const MESSAGES: Readonly<Record<string, Message>> = {
  ObjectMeta: {
    1: ['name', 'string'],
    2: ['generateName', 'string'],
    3: ['namespace', 'string'],
    5: ['uid', 'string'],
    6: ['resourceVersion', 'string'],
    11: ['labels', 'map'],
    12: ['annotations', 'map'],
    13: ['ownerReferences', { list: message('OwnerReference') }],
    14: ['finalizers', { list: 'string' }],
  },
  OwnerReference: {
    1: ['kind', 'string'],
    3: ['name', 'string'],
    4: ['uid', 'string'],
    5: ['apiVersion', 'string'],
    6: ['controller', 'bool'],
    7: ['blockOwnerDeletion', 'bool'],
  },
  Namespace: { 1: ['metadata', message('ObjectMeta')] },
  ConfigMap: {
    1: ['metadata', message('ObjectMeta')],
    2: ['data', 'map'],
    3: ['binaryData', 'bytesMap'],
    4: ['immutable', 'bool'],
  },
  Secret: {
    1: ['metadata', message('ObjectMeta')],
    2: ['data', 'bytesMap'],
    3: ['type', 'string'],
    4: ['stringData', 'map'],
    5: ['immutable', 'bool'],
  },
  ServiceAccount: {
    1: ['metadata', message('ObjectMeta')],
    4: ['automountServiceAccountToken', 'bool'],
  },
  Eviction: {
    1: ['metadata', message('ObjectMeta')],
    2: ['deleteOptions', message('DeleteOptions')],
  },
  DeleteOptions: {
    1: ['gracePeriodSeconds', 'int'],
    2: ['preconditions', message('Preconditions')],
    4: ['propagationPolicy', 'string'],
    5: ['dryRun', { list: 'string' }],
  },
  Preconditions: { 1: ['uid', 'string'], 2: ['resourceVersion', 'string'] },
  SelfSubjectReview: { 1: ['metadata', message('ObjectMeta')] },
  SelfSubjectRulesReview: { 1: ['metadata', message('ObjectMeta')] },
  SelfSubjectAccessReview: {
    1: ['metadata', message('ObjectMeta')],
    2: ['spec', message('SelfSubjectAccessReviewSpec')],
  },
  SelfSubjectAccessReviewSpec: {
    1: ['resourceAttributes', message('ResourceAttributes')],
    2: ['nonResourceAttributes', message('NonResourceAttributes')],
  },
  ResourceAttributes: {
    1: ['namespace', 'string'],
    2: ['verb', 'string'],
    3: ['group', 'string'],
    4: ['version', 'string'],
    5: ['resource', 'string'],
    6: ['subresource', 'string'],
    7: ['name', 'string'],
  },
  NonResourceAttributes: { 1: ['path', 'string'], 2: ['verb', 'string'] },
};
