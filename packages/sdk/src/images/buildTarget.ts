import { stat } from 'node:fs/promises';
import { basename, isAbsolute, relative, resolve, sep } from 'node:path';
import { InputError, NotFoundError } from '@backstage/errors';
import { isImageName } from '@ml-platform/images';
import { validateImageTag } from '@ml-platform/rayjob';
import { findWorkload, findWorkloads } from '../workloads/findWorkloads';
import type { BuildOptions } from './imageTypes';

/** What a build is of. */
export interface BuildTarget {
  readonly name: string;
  readonly folder: string;
  /** Path of the Dockerfile in the folder, with slashes. */
  readonly dockerfile: string;
}

/** @throws {InputError} for what can't be the name of an image */
export function checkImageName(name: string): void {
  if (!isImageName(name)) {
    throw new InputError(
      `'${name}' can't be the name of an image; use lowercase letters, digits, hyphens, dots and underscores, and start and end with a letter or digit`,
    );
  }
}

const isFolder = (path: string) =>
  stat(path).then(
    found => found.isDirectory(),
    () => false,
  );

/** Name of the workload in a folder, or else of the folder. */
async function nameOf(folder: string): Promise<string> {
  const workloads = await findWorkloads(folder);
  return (
    workloads.find(workload => workload.folder === folder)?.name ??
    basename(folder)
  );
}

function dockerfileIn(folder: string, path: string): string {
  const inside = relative(folder, resolve(folder, path));
  if (inside.split(sep)[0] === '..' || isAbsolute(inside)) {
    throw new InputError(
      `The Dockerfile ${path} is outside of ${folder}; name one inside`,
    );
  }
  return inside.split(sep).join('/');
}

/**
 * What the options ask to build.
 *
 * @throws {NotFoundError} when there is no such workload
 * @throws {InputError} for a name, a version or a path that can't be
 */
export async function findBuildTarget(
  options: Pick<
    BuildOptions,
    'workload' | 'context' | 'version' | 'dockerfile'
  >,
  cwd: string,
): Promise<BuildTarget> {
  const { workload, context, version, dockerfile = 'Dockerfile' } = options;
  const problem = validateImageTag(version);
  if (problem) {
    throw new InputError(problem);
  }
  if (workload !== undefined) {
    checkImageName(workload);
  }
  if (context !== undefined) {
    const folder = resolve(cwd, context);
    if (!(await isFolder(folder))) {
      throw new NotFoundError(`There is no folder ${folder}`);
    }
    const name = workload ?? (await nameOf(folder));
    checkImageName(name);
    return { name, folder, dockerfile: dockerfileIn(folder, dockerfile) };
  }
  if (workload === undefined) {
    throw new InputError('Name a workload to build, or a folder');
  }
  const { name, folder } = await findWorkload(workload, cwd);
  return { name, folder, dockerfile: dockerfileIn(folder, dockerfile) };
}
