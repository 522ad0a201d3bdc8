import { InputError } from '@backstage/errors';
import {
  isLoopbackRegistry,
  splitImageReference,
  type ImageReference as Parts,
} from '@ml-platform/images';

/** The parts of an image reference. */
export interface ImageReference extends Parts {
  /** As containerd writes it: `docker.io/rayproject/ray:2.55.1`. */
  readonly full: string;
}

/**
 * Reads a reference as Docker does.
 * @throws {InputError} with the kubelet's text when it isn't a reference
 */
export function parseImageReference(ref: string): ImageReference {
  const parts = splitImageReference(ref);
  if (!parts) {
    throw new InputError(
      `Failed to apply default image tag "${ref}": couldn't parse image name "${ref}": invalid reference format`,
    );
  }
  const { registry, repository, tag, digest } = parts;
  return {
    ...parts,
    full: `${registry}/${repository}:${tag}${digest ? `@${digest}` : ''}`,
  };
}

/** True for the registries that the embedded platform's own images are named by. */
export function isEmbeddedRegistry(registry: string): boolean {
  return isLoopbackRegistry(registry);
}
