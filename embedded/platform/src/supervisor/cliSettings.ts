import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeYaml } from '@ml-platform/rayjob';
import type { GitSource } from './GitSource';
import type { PlatformClusters } from './PlatformClusters';
import { CLUSTER_NAMES } from './PortalCluster';
import type { Ports } from './ports';
import type { Secrets } from './secrets';
import type { Shutdown } from './Shutdown';

/** Namespace that jobs run in, as in the form. */
export const NAMESPACE = 'training';
/** Who the portal on loopback takes everybody for. */
const USER = 'guest';

/** What the command line has to be told of the platform. */
export interface CliSettingsInput {
  readonly ports: Ports;
  readonly secrets: Secrets;
  readonly clusters: Pick<
    PlatformClusters,
    'kubeconfig' | 'embedded' | 'applications'
  >;
  readonly git: Omit<GitSource, 'onPush' | 'token'>;
  /** False for a repository on GitHub: its token stays out of files. */
  readonly embeddedGit: boolean;
  /** True where the builder makes images. */
  readonly builds: boolean;
  readonly registry: string;
}

/** The settings of the command line, as YAML. */
export function cliSettings(input: CliSettingsInput): string {
  const { ports, secrets, clusters, git } = input;
  // A real workload cluster may have an embedded one for its Applications, which
  // is in no kubeconfig of people.
  const management = clusters.embedded || clusters.applications === undefined;
  return writeYaml({
    kubeconfig: clusters.kubeconfig,
    contexts: {
      workload: 'workload',
      ...(management ? { management: 'management' } : {}),
    },
    cluster: CLUSTER_NAMES.workload.name,
    namespace: NAMESPACE,
    registry: input.registry,
    ...(input.builds
      ? {
          builder: {
            type: 'service',
            url: `http://localhost:${ports.builder}`,
            token: secrets.builder,
          },
        }
      : {}),
    git: {
      repository: git.repositoryUrl,
      branch: git.branch,
      apiUrl: git.apiUrl,
      ...(input.embeddedGit ? { token: git.tokenInConfig } : {}),
    },
    portal: `http://localhost:${ports.portal}`,
    user: USER,
  });
}

/**
 * Lets the command line find the platform in this checkout, for as long as it
 * runs.
 */
export async function offerToCli(
  input: CliSettingsInput & {
    readonly stateDir: string;
    readonly shutdown: Shutdown;
  },
): Promise<void> {
  const file = join(input.stateDir, 'ml-platform.yaml');
  input.shutdown.add('settings of the command line', () =>
    rm(file, { force: true }),
  );
  await writeFile(file, cliSettings(input), { mode: 0o600 });
}
