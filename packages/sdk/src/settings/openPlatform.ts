import { userInfo } from 'node:os';
import { KubeClient, type KubeContext } from '@ml-platform/kube';
import { ClusterPlatform } from '../direct/ClusterPlatform';
import type { Platform } from '../platform/Platform';
import { readJobPresets } from '@ml-platform/rayjob';
import { managementContext, workloadContext } from './kubeContexts';
import { loadSettings } from './loadSettings';
import { openRepository } from './openRepository';
import type { PlatformSettings } from './PlatformSettings';

type Environment = Readonly<Record<string, string | undefined>>;

/** A platform that is ready to be asked, and what its settings say. */
export interface OpenedPlatform {
  readonly platform: Platform;
  readonly settings: PlatformSettings;
  /** Files that the settings come from. */
  readonly files: readonly string[];
  /** Namespace of jobs where none is named; the portal alone knows of none. */
  readonly namespace: string | undefined;
  /** Entity reference of who asks, for example `user:default/ada`. */
  readonly requester: string;
}

/** The name as an entity reference can have it. */
function requesterOf(user: string | undefined): string {
  const name = user ?? userInfo().username;
  return name.includes(':')
    ? name
    : `user:default/${name.toLowerCase().replace(/[^a-z0-9._-]+/g, '-')}`;
}

const connect = ({ access }: KubeContext) => new KubeClient({ access });

/** Straight to the cluster of the kubecontext. */
async function openCluster(
  settings: PlatformSettings,
  files: readonly string[],
  env: Environment,
): Promise<OpenedPlatform> {
  const { git, portal } = settings;
  const context = await workloadContext(settings, env);
  const link = {
    name: settings.cluster ?? context.name,
    client: connect(context),
  };
  const management = managementContext(settings, env);
  const namespace = settings.namespace ?? context.namespace ?? 'default';
  const platform = new ClusterPlatform({
    title: `context ${context.name} of ${context.source}`,
    clusters: [link],
    get requester() {
      return requesterOf(settings.user);
    },
    get presets() {
      return readJobPresets(settings.jobs, 'jobs');
    },
    repository: git && (() => openRepository(git, env)),
    async status(options) {
      const { readPlatformStatus } = await import('../status/platformStatus');
      return readPlatformStatus(
        {
          clusters: [link],
          namespace,
          management: management && (async () => connect(await management())),
          portalUrl: portal,
        },
        options,
      );
    },
  });
  return {
    platform,
    settings,
    files,
    namespace,
    get requester() {
      return requesterOf(settings.user);
    },
  };
}

/** Through the portal, with what the caller may do there. */
async function openPortal(
  url: string,
  settings: PlatformSettings,
  files: readonly string[],
  environment: Environment,
): Promise<OpenedPlatform> {
  const { PortalPlatform, portalCredentials } =
    await import('../portal/openPortal');
  return {
    platform: new PortalPlatform({
      url,
      environment,
      credentials: portalCredentials({ url, environment }),
    }),
    settings,
    files,
    namespace: settings.namespace,
    requester: requesterOf(settings.user),
  };
}

/**
 * The platform that the settings lead to: straight to a cluster, or through the
 * portal; see {@link loadSettings}.
 *
 * @throws {InputError} for settings that are wrong, or lead nowhere
 */
export async function openPlatform(
  given: PlatformSettings = {},
  options: { readonly cwd?: string; readonly env?: Environment } = {},
): Promise<OpenedPlatform> {
  const { env = process.env } = options;
  const { settings, files } = await loadSettings(given, options);
  const { portal, via } = settings;
  return portal && via === 'portal'
    ? openPortal(portal, settings, files, env)
    : openCluster(settings, files, env);
}
