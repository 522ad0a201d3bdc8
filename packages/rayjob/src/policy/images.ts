import type { Field } from './fields';
import { isObject } from './fields';
import { readYaml } from '../yaml/readYaml';

/** An image with the registry that its name leaves out: `docker.io/library/x`. */
function fullName(image: string): string {
  const [first, ...rest] = image.split('/');
  const hasRegistry =
    rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  if (hasRegistry) {
    return image;
  }
  return rest.length > 0 ? `docker.io/${image}` : `docker.io/library/${image}`;
}

/** True when an image comes from one of the registries. */
export function isFrom(image: string, registries: readonly string[]): boolean {
  const name = fullName(image);
  return registries.some(registry => {
    const prefix = registry.replace(/\/+$/, '');
    const next = name.charAt(prefix.length);
    // What follows a host and a colon is its port, not a tag.
    const ends = prefix.includes('/') ? ['', '/', ':', '@'] : ['/'];
    return name.startsWith(prefix) && ends.includes(next);
  });
}

function runtimeImages(yaml: string): unknown[] {
  let runtimeEnv: unknown;
  try {
    runtimeEnv = readYaml(yaml);
  } catch {
    // KubeRay refuses what it can't read.
    return [];
  }
  if (!isObject(runtimeEnv)) {
    return [];
  }
  const { image_uri: image, container } = runtimeEnv;
  return [image, isObject(container) ? container.image : undefined];
}

/** The images that a field names: of a container, a volume, or Ray's runtime. */
export function imagesOf({ key, value }: Field): readonly string[] {
  let images: unknown[] = [];
  if (key === 'image') {
    images = [isObject(value) ? value.reference : value];
  } else if (key === 'runtimeEnvYAML' && typeof value === 'string') {
    images = runtimeImages(value);
  }
  return images.filter(
    (image): image is string => typeof image === 'string' && image !== '',
  );
}
