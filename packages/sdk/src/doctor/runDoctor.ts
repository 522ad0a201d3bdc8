import { managementContext, workloadContext } from '../settings/kubeContexts';
import type { PlatformSettings } from '../settings/PlatformSettings';
import { checkArgoCd } from './checkArgoCd';
import { checkBuilder } from './checkBuilder';
import { checkCluster, type ClusterCheck } from './checkCluster';
import { checkGit } from './checkGit';
import { checkKubeRay } from './checkKubeRay';
import { checkPortal } from './checkPortal';
import { checkRegistry } from './checkRegistry';
import { checkRights } from './checkRights';
import { checkSettings } from './checkSettings';
import type { Check, CheckInput, Environment } from './doctorTypes';

/** Milliseconds that all checks together may take. */
const LIMIT = 20_000;

/** A cluster with what is asked of it where it answers. */
async function checkWith(
  found: Promise<ClusterCheck>,
  more: (
    client: NonNullable<ClusterCheck['client']>,
    cluster: ClusterCheck,
  ) => Promise<readonly Check[]>,
): Promise<readonly Check[]> {
  const cluster = await found;
  const { checks, client } = cluster;
  if (!client) {
    return checks;
  }
  try {
    return [...checks, ...(await more(client, cluster))];
  } finally {
    client.close();
  }
}

function checkWorkload({ settings, env, signal }: CheckInput) {
  return checkWith(
    checkCluster('workload', () => workloadContext(settings, env), signal),
    async (client, { context }) => {
      const namespace = settings.namespace ?? context?.namespace ?? 'default';
      const [kuberay, rights] = await Promise.all([
        checkKubeRay(client, signal),
        checkRights(client, namespace, signal),
      ]);
      return [kuberay, ...rights];
    },
  );
}

async function checkManagement({ settings, env, signal }: CheckInput) {
  const find = managementContext(settings, env);
  return find
    ? checkWith(checkCluster('management', find, signal), async client => [
        await checkArgoCd(client, signal),
      ])
    : [];
}

/**
 * Checks each link from this machine to the parts of the platform, all at once.
 * Never rejects: what can't be checked is part of the answer.
 */
export async function runDoctor(
  given: PlatformSettings,
  options: {
    readonly cwd?: string;
    readonly env?: Environment;
    readonly signal?: AbortSignal;
  } = {},
): Promise<readonly Check[]> {
  const { cwd, env = process.env } = options;
  const limit = AbortSignal.timeout(LIMIT);
  const signal = options.signal
    ? AbortSignal.any([options.signal, limit])
    : limit;
  const { check, loaded } = await checkSettings(given, { cwd, env });
  const input = { settings: loaded.settings, env, signal };
  // Who goes through the portal needs no way to the clusters.
  const direct = loaded.settings.via !== 'portal';
  const checks = await Promise.all([
    direct ? checkWorkload(input) : [],
    direct ? checkManagement(input) : [],
    checkRegistry(input),
    checkBuilder(input),
    checkGit(input),
    checkPortal(input),
  ]);
  return [check, ...checks.flat()];
}
