import type { OwnerReference } from '@ml-platform/embedded-controller-runtime';
import type { KubeObject } from '../kube/objects';

/** Makes the child go with its owner. */
export function controllerReference(owner: KubeObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** Name of the object of this kind that controls the child, if any. */
export function controllerName(
  child: KubeObject,
  kind: string,
): string | undefined {
  return child.metadata.ownerReferences?.find(
    owner => owner.controller === true && owner.kind === kind,
  )?.name;
}
