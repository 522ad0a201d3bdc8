/** The parts of an image's reference. */
export interface ImageReference {
  /** With registry and path, for example `registry.example.com/team/model`. */
  readonly repository: string;
  readonly tag?: string;
  /** `sha256:…` */
  readonly digest?: string;
}

/**
 * Splits `registry.example.com:5000/team/model:1.0.0@sha256:…`. A colon before the
 * last slash belongs to the registry's port.
 *
 * Source: distribution/reference.
 */
export function readImageReference(image: string): ImageReference {
  const [name, digest] = image.split('@', 2);
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1);
  return colon < 0
    ? { repository: name, digest }
    : {
        repository: name.slice(0, colon),
        tag: name.slice(colon + 1),
        digest,
      };
}
