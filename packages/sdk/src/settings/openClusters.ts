import {
  KubeClient,
  type ClusterAccess,
  type KubeContext,
} from '@ml-platform/kube';
import { managementContext, workloadContext } from './kubeContexts';
import { loadSettings } from './loadSettings';
import type { PlatformSettings } from './PlatformSettings';

/** A cluster, and the ways to it. */
export interface OpenedCluster {
  /** Its name in the settings, else that of its kubecontext. */
  readonly name: string;
  readonly client: KubeClient;
  readonly access: ClusterAccess;
}

/** The clusters of the platform, for what isn't about jobs. */
export interface OpenedClusters {
  readonly settings: PlatformSettings;
  /** Namespace of jobs where none is named. */
  readonly namespace: string;
  /** The cluster that jobs run on. */
  readonly workload: OpenedCluster;
  /**
   * The cluster of Argo CD and the portal; `undefined` where none is known.
   * @throws {InputError} when the settings name a kubecontext that isn't there
   */
  management(): Promise<OpenedCluster | undefined>;
  /** Closes the connections. */
  close(): void;
}

/**
 * Opens the clusters that the settings lead to; see {@link loadSettings}.
 *
 * @throws {InputError} for settings that are wrong, or lead nowhere
 * @throws {NotFoundError} when there is no kubeconfig
 */
export async function openClusters(
  given: PlatformSettings,
  options: {
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string | undefined>>;
  } = {},
): Promise<OpenedClusters> {
  const { env = process.env } = options;
  const { settings } = await loadSettings(given, options);
  const opened: KubeClient[] = [];
  const connect = (
    { name, access }: KubeContext,
    title = name,
  ): OpenedCluster => {
    const client = new KubeClient({ access });
    opened.push(client);
    return { name: title, client, access };
  };
  const context = await workloadContext(settings, env);
  const find = managementContext(settings, env);
  let management: Promise<OpenedCluster> | undefined;
  return {
    settings,
    namespace: settings.namespace ?? context.namespace ?? 'default',
    workload: connect(context, settings.cluster),
    async management() {
      management ??= find?.().then(found => connect(found));
      return management;
    },
    close: () => opened.forEach(client => client.close()),
  };
}
