import { NotFoundError } from '@backstage/errors';
import type { RayClusterRow } from '@ml-platform/sdk';
import { choose } from '../../terminal/prompt';
import type { Io } from '../../terminal/Io';

/** Nobody else decides about the number of its workers. */
const isFree = ({ job, autoscaling }: RayClusterRow) => !job && !autoscaling;

/**
 * The Ray cluster with a name, else the only one that can be scaled, else the one
 * that the person chooses.
 *
 * @throws {NotFoundError} when there is no such Ray cluster
 * @throws {InputError} when there are several, and no terminal to ask on
 */
export async function chooseRayCluster(
  io: Io,
  rows: readonly RayClusterRow[],
  { name, namespace }: { readonly name?: string; readonly namespace?: string },
): Promise<RayClusterRow> {
  const where = namespace ? ` in the namespace ${namespace}` : '';
  if (rows.length === 0) {
    throw new NotFoundError(
      `There is no Ray cluster${where}; choose a namespace with -n`,
    );
  }
  const free = rows.filter(isFree);
  const candidates = free.length > 0 ? free : rows;
  const names = candidates.map(row => row.name);
  const wanted =
    name ??
    (names.length === 1
      ? names[0]
      : await choose(io, {
          question: 'Which Ray cluster?',
          option: '--cluster',
          choices: names,
        }));
  const found = rows.find(row => row.name === wanted);
  if (!found) {
    throw new NotFoundError(
      `There is no Ray cluster ${wanted}${where}; use one of ${rows
        .map(row => row.name)
        .join(', ')}`,
    );
  }
  return found;
}

/**
 * The worker group with a name, else the only one, else the one that the person
 * chooses.
 *
 * @throws {NotFoundError} when there is no such group
 * @throws {InputError} when there are several, and no terminal to ask on
 */
export async function chooseGroup(
  io: Io,
  { name: cluster, groups }: RayClusterRow,
  wanted: string | undefined,
): Promise<RayClusterRow['groups'][number]> {
  const names = groups.map(({ name }) => name);
  if (names.length === 0) {
    throw new NotFoundError(
      `${cluster} has no worker group; add one to its specification`,
    );
  }
  const chosen =
    wanted ??
    (names.length === 1
      ? names[0]
      : await choose(io, {
          question: `Which worker group of ${cluster}?`,
          option: '--group',
          choices: names,
        }));
  const found = groups.find(({ name }) => name === chosen);
  if (!found) {
    throw new NotFoundError(
      `${cluster} has no worker group ${chosen}; use one of ${names.join(', ')}`,
    );
  }
  return found;
}
