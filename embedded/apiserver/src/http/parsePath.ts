/** A path below a group's version, taken apart. */
export interface ResourcePath {
  readonly group: string;
  readonly version: string;
  readonly namespace?: string;
  readonly plural: string;
  readonly name?: string;
  readonly subresource?: string;
  /** What follows the subresource. */
  readonly rest: readonly string[];
}

/** Undefined where the path is not that of a resource. */
export function parseResourcePath(
  segments: readonly string[],
): ResourcePath | undefined {
  const [root, ...below] = segments;
  if (root === 'api' && below.length >= 2) {
    const [version, ...rest] = below;
    return split('', version, rest);
  }
  if (root === 'apis' && below.length >= 3) {
    const [group, version, ...rest] = below;
    return split(group, version, rest);
  }
  return undefined;
}

function split(
  group: string,
  version: string,
  parts: readonly string[],
): ResourcePath {
  const inNamespace =
    parts[0] === 'namespaces' &&
    parts.length >= 3 &&
    !(parts.length === 3 && parts[2] === 'status');
  const [plural, name, subresource, ...rest] = inNamespace
    ? parts.slice(2)
    : parts;
  return {
    group,
    version,
    namespace: inNamespace ? parts[1] : undefined,
    plural,
    name: name || undefined,
    subresource,
    rest,
  };
}
