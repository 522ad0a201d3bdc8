import { Root } from 'protobufjs';

type Field = readonly [number: number, type: string];

const list = (type: string) => `${type}[]`;
const STRINGS = 'map<string>';
const BYTES = 'map<bytes>';

/** By message: the number and type of each field. */
const MESSAGES: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  Unknown: { typeMeta: [1, 'TypeMeta'], raw: [2, 'bytes'] },
  TypeMeta: { apiVersion: [1, 'string'], kind: [2, 'string'] },
  ObjectMeta: {
    name: [1, 'string'],
    generateName: [2, 'string'],
    namespace: [3, 'string'],
    uid: [5, 'string'],
    resourceVersion: [6, 'string'],
    labels: [11, STRINGS],
    annotations: [12, STRINGS],
    ownerReferences: [13, list('OwnerReference')],
    finalizers: [14, list('string')],
  },
  OwnerReference: {
    kind: [1, 'string'],
    name: [3, 'string'],
    uid: [4, 'string'],
    apiVersion: [5, 'string'],
    controller: [6, 'bool'],
    blockOwnerDeletion: [7, 'bool'],
  },
  Namespace: { metadata: [1, 'ObjectMeta'] },
  ConfigMap: {
    metadata: [1, 'ObjectMeta'],
    data: [2, STRINGS],
    binaryData: [3, BYTES],
    immutable: [4, 'bool'],
  },
  Secret: {
    metadata: [1, 'ObjectMeta'],
    data: [2, BYTES],
    type: [3, 'string'],
    stringData: [4, STRINGS],
    immutable: [5, 'bool'],
  },
  ServiceAccount: {
    metadata: [1, 'ObjectMeta'],
    automountServiceAccountToken: [4, 'bool'],
  },
  SelfSubjectReview: { metadata: [1, 'ObjectMeta'] },
  SelfSubjectRulesReview: { metadata: [1, 'ObjectMeta'] },
  SelfSubjectAccessReview: {
    metadata: [1, 'ObjectMeta'],
    spec: [2, 'SelfSubjectAccessReviewSpec'],
  },
  SelfSubjectAccessReviewSpec: {
    resourceAttributes: [1, 'ResourceAttributes'],
    nonResourceAttributes: [2, 'NonResourceAttributes'],
  },
  ResourceAttributes: {
    namespace: [1, 'string'],
    verb: [2, 'string'],
    group: [3, 'string'],
    version: [4, 'string'],
    resource: [5, 'string'],
    subresource: [6, 'string'],
    name: [7, 'string'],
  },
  NonResourceAttributes: { path: [1, 'string'], verb: [2, 'string'] },
};

/**
 * The messages of the kinds that `kubectl create` sends as protobuf (the
 * generated.proto files of k8s.io/api), without the fields that only servers
 * set, and the message that wraps them.
 */
export const KUBERNETES_MESSAGES = Root.fromJSON({
  nested: Object.fromEntries(
    Object.entries(MESSAGES).map(([name, fields]) => [
      name,
      {
        fields: Object.fromEntries(
          Object.entries(fields).map(([field, [id, type]]) => [
            field,
            fieldOf(id, type),
          ]),
        ),
      },
    ]),
  ),
});

function fieldOf(id: number, type: string) {
  const [, value] = /^map<(.*)>$/.exec(type) ?? [];
  if (value) {
    return { id, keyType: 'string', type: value };
  }
  return type.endsWith('[]')
    ? { id, rule: 'repeated' as const, type: type.slice(0, -2) }
    : { id, type };
}
