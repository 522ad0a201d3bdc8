import { InputError } from '@backstage/errors';

/** The parts of an image reference. */
export interface ImageReference {
  /** Host of the registry, for example `docker.io`. */
  readonly registry: string;
  /** Path inside it, for example `rayproject/ray`. */
  readonly repository: string;
  readonly tag: string;
  /** As containerd writes it: `docker.io/rayproject/ray:2.55.1`. */
  readonly full: string;
}

const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const REPOSITORY = new RegExp(`^${COMPONENT}(?:/${COMPONENT})*$`);
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

/** True for the name that an image can have in one path component. */
export function isImageName(name: string): boolean {
  return new RegExp(`^${COMPONENT}$`).test(name) && name.length <= 128;
}

/** True for what can be a tag. */
export function isImageTag(tag: string): boolean {
  return TAG.test(tag);
}

/**
 * Reads a reference as Docker does: no host means Docker Hub, no tag means `latest`.
 * Source: distribution/reference, "grammar".
 *
 * @throws {InputError} with the kubelet's text when it isn't a reference
 */
export function parseImageReference(ref: string): ImageReference {
  const [name = '', digest] = ref.split('@');
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const hasHost = /[.:]/.test(first) || first === 'localhost';
  const registry = hasHost ? first : 'docker.io';
  const path = hasHost ? name.slice(slash + 1) : name;
  const colon = path.lastIndexOf(':');
  const bare = colon < 0 ? path : path.slice(0, colon);
  const tag = colon < 0 ? 'latest' : path.slice(colon + 1);
  const repository =
    registry === 'docker.io' && !bare.includes('/') ? `library/${bare}` : bare;
  if (!REPOSITORY.test(repository) || !TAG.test(tag)) {
    throw new InputError(
      `Failed to apply default image tag "${ref}": couldn't parse image name "${ref}": invalid reference format`,
    );
  }
  return {
    registry,
    repository,
    tag,
    full: `${registry}/${repository}:${tag}${digest ? `@${digest}` : ''}`,
  };
}

/** True for the registries that the embedded platform's own images are named by. */
export function isEmbeddedRegistry(registry: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(registry);
}
