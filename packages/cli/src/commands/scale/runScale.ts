import { ConflictError, InputError } from '@backstage/errors';
import type { RayClusterRow } from '@ml-platform/sdk';
import type { Cli } from '../../Cli';
import { plain } from '../../terminal/plain';
import { canAsk, confirm } from '../../terminal/prompt';
import { chooseGroup, chooseRayCluster } from './chooseRayCluster';
import type { ScaleOptions } from './command';

/** @throws {InputError} for what is no number of workers */
function readCount(text: string): number {
  if (!/^\d{1,6}$/.test(text)) {
    throw new InputError(
      `'${text}' is no number of workers; use a whole number from 0`,
    );
  }
  return Number(text);
}

/**
 * Makes sure that a cluster of Argo CD is scaled on purpose only.
 * @throws {ConflictError} when the person doesn't want that
 */
async function checkOwner(
  cli: Cli,
  { name, application }: RayClusterRow,
  { yes }: ScaleOptions,
): Promise<void> {
  if (!application) {
    return;
  }
  const warning = `${name} belongs to Argo CD's application ${application}, which sets the number back to the one in git, at the latest when it syncs next`;
  if (yes) {
    cli.say(plain(`Warning: ${warning}.`));
    return;
  }
  const remedy = `${warning}; change it in git, or scale nonetheless with --yes`;
  if (!canAsk(cli.io)) {
    throw new ConflictError(remedy);
  }
  cli.say(plain(`${warning}.`));
  if (!(await confirm(cli.io, 'Scale it nonetheless?', remedy))) {
    throw new ConflictError('Nothing was changed; change the number in git');
  }
}

const workersOf = (count: number) =>
  count === 1 ? '1 worker' : `${count} workers`;

export async function runScale(
  cli: Cli,
  options: ScaleOptions,
  workers: string,
): Promise<void> {
  const { io } = cli;
  const { signal } = io;
  const replicas = readCount(workers);
  const { platform, namespace } = await cli.open();
  const rows = (await platform.rayClusters({ namespace, signal })).filter(
    row => !namespace || row.namespace === namespace,
  );
  const row = await chooseRayCluster(io, rows, {
    name: options.cluster,
    namespace,
  });
  const group = await chooseGroup(io, row, options.group);
  const what = `${group.name} of ${row.name}`;
  if (group.replicas === replicas && !row.job && !row.autoscaling) {
    cli.say(plain(`${what} has ${workersOf(replicas)} already.`));
    return;
  }
  if (!row.job && !row.autoscaling) {
    await checkOwner(cli, row, options);
  }
  await platform.scale(row, { group: group.name, replicas }, { signal });
  cli.say(
    plain(`Scaled ${what} from ${group.replicas} to ${workersOf(replicas)}.`),
  );
}
