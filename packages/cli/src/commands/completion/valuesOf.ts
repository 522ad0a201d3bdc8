import { JOB_STATES } from '@ml-platform/rayjob';
import {
  findWorkloads,
  listKubeContexts,
  loadSettings,
  openPlatform,
} from '@ml-platform/sdk';
import type { GlobalOptions } from '../../Cli';
import { settingsOf } from '../../settingsOf';
import type { Io } from '../../terminal/Io';
import type { Choice } from './complete';

/** Milliseconds that the cluster has to answer: a person is waiting. */
const LIMIT = 250;

/** Names of jobs, the newest first, with their states; none where nobody answers. */
export async function jobNames(
  asked: GlobalOptions,
  io: Io,
): Promise<readonly Choice[]> {
  try {
    const { platform, namespace } = await openPlatform(settingsOf(asked), io);
    try {
      const { items } = await platform.listJobs(
        { namespace: namespace ? [namespace] : [] },
        { signal: AbortSignal.timeout(LIMIT) },
      );
      return items.map(({ name, state }) => [name, state] as const);
    } finally {
      platform.close();
    }
  } catch {
    return [];
  }
}

/** Names of the workloads of this checkout; none where a file of them is wrong. */
export async function workloadNames(io: Io): Promise<readonly Choice[]> {
  const workloads = await findWorkloads(io.cwd).catch(() => []);
  return workloads.map(({ name, title = '' }) => [name, title] as const);
}

async function contexts(
  asked: GlobalOptions,
  io: Io,
): Promise<readonly Choice[]> {
  const { settings } = await loadSettings(settingsOf(asked), io);
  const { kubeconfig } = settings;
  const found = await listKubeContexts({ kubeconfig, env: io.env });
  return found.map(({ name, cluster }) => [name, cluster] as const);
}

const words = (...all: readonly string[]): readonly Choice[] =>
  all.map(word => [word, ''] as const);

/** Values that an option may have. */
export async function valuesOf(
  option: string,
  asked: GlobalOptions,
  io: Io,
): Promise<readonly Choice[]> {
  switch (option) {
    case 'state':
      return words(...JOB_STATES);
    case 'source':
      return words('driver', 'head', 'worker/1', 'all');
    case 'sort':
      return words('-createdAt', 'name', 'state', 'workload', '-duration');
    case 'owner':
      return words('me');
    case 'context':
      return contexts(asked, io).catch(() => []);
    default:
      return [];
  }
}
