import {
  KubernetesValidatorFunctions,
  parseEntityRef,
  type CompoundEntityRef,
} from '@backstage/catalog-model';
import { foreignText } from './foreignText';

/**
 * The user or group that a job's owner names, if it names one. Anybody may write
 * anything there: a name of Kubernetes, an address, or nothing of use.
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

/** An owner in few words: `guest` for `user:default/guest`, others as they are. */
export function ownerName(owner: unknown): string {
  return ownerRef(owner)?.name ?? foreignText(owner);
}
