import { posix } from 'node:path';
import type { BindMount } from './mountPlan';

/** What the host has at a path. */
export interface HostPaths {
  /** With symbolic links resolved; undefined where there is nothing. */
  realPath(path: string): string | undefined;
}

/** How a container's private view of the file system is made. */
export interface MountView {
  /**
   * Folders of the host in which a mount point is missing, outer ones first:
   * the view has a copy of each in which it can be made.
   */
  readonly copied: readonly string[];
  readonly mounts: readonly BindMount[];
}

/**
 * Plans the view of a container. The root is always a copy; so no mount point is
 * ever made on the host.
 */
export function mountView(
  mounts: readonly BindMount[],
  host: HostPaths,
): MountView {
  const copied = new Set<string>();
  const placed: BindMount[] = [];
  for (const mount of mounts) {
    const below = placed.some(({ target }) =>
      mount.target.startsWith(`${target}/`),
    );
    if (below) {
      placed.push(mount);
    } else {
      const { ancestor, rest } = deepest(mount.target, host);
      if (rest && ancestor !== '/') {
        copied.add(ancestor);
      }
      placed.push({ ...mount, target: posix.join(ancestor, rest) });
    }
  }
  return {
    copied: [...copied].sort((a, b) => a.length - b.length),
    mounts: placed,
  };
}

/** The longest part of the path that the host has, and what is missing of it. */
function deepest(
  path: string,
  host: HostPaths,
): { ancestor: string; rest: string } {
  let known = path;
  while (known !== '/') {
    const ancestor = host.realPath(known);
    if (ancestor) {
      return { ancestor, rest: path.slice(known.length).replace(/^\//, '') };
    }
    known = posix.dirname(known);
  }
  return { ancestor: '/', rest: path.slice(1) };
}
