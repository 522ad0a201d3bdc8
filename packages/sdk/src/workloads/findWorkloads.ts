import { access, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isError, NotFoundError } from '@backstage/errors';
import { CATALOG_FILE, readWorkload, type Workload } from './Workload';

/** Folder of a checkout that has a folder for each workload. */
const WORKLOADS = 'workloads';

/** What a folder has that isn't there, or isn't for this user. */
const ABSENT = ['ENOENT', 'ENOTDIR', 'EACCES'];

async function unlessAbsent<T>(reading: Promise<T>, fallback: T): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (ABSENT.includes(String(isError(error) && error.code))) {
      return fallback;
    }
    throw error;
  }
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/** Folders from this one up to the root of its checkout; this one alone outside of any. */
async function foldersOfCheckout(cwd: string): Promise<readonly string[]> {
  const folders: string[] = [];
  for (let folder = cwd; ; folder = dirname(folder)) {
    folders.push(folder);
    if (await exists(join(folder, '.git'))) {
      return folders;
    }
    if (dirname(folder) === folder) {
      return [cwd];
    }
  }
}

async function foldersBelow(folder: string): Promise<readonly string[]> {
  const entries = await unlessAbsent(
    readdir(folder, { withFileTypes: true }),
    [],
  );
  return entries
    .filter(entry => entry.isDirectory())
    .map(({ name }) => join(folder, name));
}

/**
 * The workloads of the checkout that a folder is in, by name: those of the folder and
 * of its parents, and those in `workloads/` of any of them. A name that two have is
 * the nearest one's.
 *
 * @throws {InputError} that names a catalog file that isn't YAML
 */
export async function findWorkloads(
  cwd: string = process.cwd(),
): Promise<readonly Workload[]> {
  const near = await foldersOfCheckout(cwd);
  const below = await Promise.all(
    near.map(folder => foldersBelow(join(folder, WORKLOADS))),
  );
  const folders = [...new Set([...near, ...below.flat()])];
  const found = await Promise.all(
    folders.map(async folder => {
      const reading = readFile(join(folder, CATALOG_FILE), 'utf8');
      return readWorkload(await unlessAbsent(reading, ''), folder) ?? [];
    }),
  );
  const byName = new Map(
    found
      .flat()
      .reverse()
      .map(workload => [workload.name, workload]),
  );
  return [...byName.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * The workload with a name.
 * @throws {NotFoundError} when the checkout has none, with those that it has
 * @throws {InputError} that names a catalog file that isn't YAML
 */
export async function findWorkload(
  name: string,
  cwd?: string,
): Promise<Workload> {
  const workloads = await findWorkloads(cwd);
  const found = workloads.find(workload => workload.name === name);
  if (!found) {
    throw new NotFoundError(
      workloads.length > 0
        ? `There is no workload '${name}' in this checkout; choose one of ${workloads.map(workload => workload.name).join(', ')}`
        : `There is no workload '${name}': no folder here has a ${CATALOG_FILE} of a training workload. Change to the checkout of your workload, or give its folder`,
    );
  }
  return found;
}
