import { asArray, getPath } from '../model/json';
import { KubeObject } from '../model/KubeObject';

/** Whether something must happen before the object can go. */
export function isHeld(object: KubeObject): boolean {
  return (
    Boolean(object.metadata.finalizers?.length) ||
    (object.kind === 'Namespace' &&
      Boolean(asArray(getPath(object, 'spec.finalizers'))?.length))
  );
}
