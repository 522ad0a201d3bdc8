import {
  KubernetesValidatorFunctions,
  parseEntityRef,
  type CompoundEntityRef,
} from '@backstage/catalog-model';
import { foreignText } from './foreignText';

/**
 * The user or group that a job's owner refers to, if it is a valid reference. The
 * annotation can hold anything: a Kubernetes user name, a URL, or nonsense.
 */
export function ownerRef(owner: unknown): CompoundEntityRef | undefined {
  if (typeof owner !== 'string') {
    return undefined;
  }
  try {
    const ref = parseEntityRef(owner);
    const valid =
      /^(user|group)$/i.test(ref.kind) &&
      KubernetesValidatorFunctions.isValidNamespace(ref.namespace) &&
      KubernetesValidatorFunctions.isValidObjectName(ref.name);
    return valid ? ref : undefined;
  } catch {
    return undefined;
  }
}

/** A short name of an owner: `guest` for `user:default/guest`, others unchanged. */
export function ownerName(owner: unknown): string {
  return ownerRef(owner)?.name ?? foreignText(owner);
}
