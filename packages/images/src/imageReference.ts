/** The parts of a reference to an image in a registry. */
export interface ImageReference {
  /** Host of the registry with its port, for example `docker.io`. */
  readonly registry: string;
  /** Path inside it, for example `rayproject/ray`. */
  readonly repository: string;
  readonly tag: string;
  /** `sha256:…` */
  readonly digest?: string;
}

const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const NAME = new RegExp(`^${COMPONENT}$`);
const REPOSITORY = new RegExp(`^${COMPONENT}(?:/${COMPONENT})*$`);
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

/** True for the name that an image can have in one path component. */
export function isImageName(name: string): boolean {
  return NAME.test(name) && name.length <= 128;
}

/** True for what can be a tag. */
export function isImageTag(tag: string): boolean {
  return TAG.test(tag);
}

/**
 * Splits a reference as Docker does: no host means Docker Hub, no tag means `latest`.
 * Answers `undefined` for what isn't a reference.
 *
 * Source: distribution/reference, "grammar".
 */
export function splitImageReference(ref: string): ImageReference | undefined {
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
  return REPOSITORY.test(repository) && TAG.test(tag)
    ? { registry, repository, tag, ...(digest ? { digest } : {}) }
    : undefined;
}

/** True for a registry of this machine, which may speak plain HTTP. */
export function isLoopbackRegistry(registry: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(registry);
}
