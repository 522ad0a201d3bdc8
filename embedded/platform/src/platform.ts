import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBuilder, type BuilderKind } from '@ml-platform/embedded-builder';
import {
  FileImageStore,
  PublishedImages,
  PythonEnvironments,
} from '@ml-platform/embedded-images';
import { offerToCli } from './supervisor/cliSettings';
import { fileLogger } from './supervisor/fileLogger';
import {
  embeddedGit,
  gitHubSource,
  type GitSource,
} from './supervisor/GitSource';
import { PlatformOptions } from './supervisor/options';
import { appConfigOverlay } from './supervisor/overlay';
import {
  platformClusters,
  type PlatformClusters,
} from './supervisor/PlatformClusters';
import { PortalKeeper } from './supervisor/PortalKeeper';
import { PortalProcess } from './supervisor/PortalProcess';
import { Ports } from './supervisor/ports';
import { stage } from './supervisor/progress';
import { Secrets } from './supervisor/secrets';
import { Shutdown } from './supervisor/Shutdown';
import { startEngines } from './supervisor/startEngines';
import { techDocsEnvironment } from './supervisor/techDocsEnvironment';

export interface PlatformInput {
  /** The checkout. */
  readonly root: string;
  readonly options: PlatformOptions;
  readonly ports: Ports;
  readonly secrets: Secrets;
  readonly shutdown: Shutdown;
}

const PORTAL_TIMEOUT_MS = 180_000;

/**
 * Starts every part of the embedded platform and the portal. What was started
 * is in `shutdown`, also where a later part fails.
 */
export async function startPlatform(input: PlatformInput) {
  const { root, options, ports, secrets, shutdown } = input;
  const { stateDir } = options;
  const logsDir = join(stateDir, 'logs');
  const state = (part: string) => join(stateDir, 'state', part);
  await Promise.all(
    [logsDir, state('portal')].map(dir => mkdir(dir, { recursive: true })),
  );
  const logger = (part: string) => fileLogger(logsDir, part);
  const portalUrl = `http://localhost:${ports.portal}`;

  const clusters = await stage('Clusters', () =>
    platformClusters({ options, ports, secrets, logger, shutdown }),
  );

  const environments = new PythonEnvironments({
    dataDir: stateDir,
    python: options.python,
    logger: logger('images'),
  });
  const images = new FileImageStore({
    dataDir: stateDir,
    environments,
    logger: logger('images'),
  });
  const registry = options.registry ?? `localhost:${ports.builder}`;
  const builder = builderKind(options, clusters);
  await stage('Builder', async () => {
    const running = await startBuilder({
      port: ports.builder,
      dataDir: state('builder'),
      images,
      environments,
      published: new PublishedImages({ dataDir: stateDir }),
      registry,
      kind: builder,
      token: secrets.builder,
      logger: logger('builder'),
    });
    shutdown.add('builder', () => running.close());
  });

  const git = await stage('Git host', () =>
    options.github
      ? gitHubSource(options.github)
      : embeddedGit({
          root,
          dataDir: state('git'),
          ports,
          secrets,
          portalUrl,
          logger: logger('git'),
          shutdown,
        }),
  );

  await stage('Controllers, node and sync loop', () =>
    startEngines({ options, clusters, git, images, secrets, logger, shutdown }),
  );

  const techDocs = techDocsEnvironment({
    environments,
    logger: logger('techdocs'),
    stateDir,
  });

  const overlayFile = join(stateDir, 'app-config.yaml');
  await writeFile(
    overlayFile,
    appConfigOverlay({
      ports,
      secrets,
      clusters: clusters.portal,
      jobClusters: clusters.jobClusters,
      applicationsRepository: applicationsRepository(clusters, git),
      git,
      stateDir: join(stateDir, 'state'),
      registry,
      dev: options.dev,
    }),
    { mode: 0o600 },
  );
  await offerToCli({
    ports,
    secrets,
    clusters,
    git,
    embeddedGit: options.github === undefined,
    builds: builder !== 'none',
    registry,
    stateDir,
    shutdown,
  });
  const url = options.dev ? 'http://localhost:3000' : portalUrl;
  const portal = new PortalKeeper({
    start: () =>
      PortalProcess.start({
        root,
        logsDir,
        overlayFile,
        url,
        readinessUrl: `${portalUrl}/.backstage/health/v1/readiness`,
        dev: options.dev,
        path: [techDocs.binDir],
      }),
    readyMs: PORTAL_TIMEOUT_MS,
    report: message => process.stderr.write(`${message}\n`),
    logFile: join(logsDir, 'portal.log'),
    now: Date.now,
    sleep,
  });
  shutdown.add('portal', () => portal.stop());
  await stage('Portal', () => portal.ready());
  return {
    url,
    portal,
    gitUrl: git.repositoryUrl,
    kubeconfig: clusters.kubeconfig,
    builds: builder !== 'none',
  };
}

/** The repository as the Applications name it that the portal shows. */
function applicationsRepository(
  { applications, showsApplications }: PlatformClusters,
  { nameInApplications, repositoryUrl }: GitSource,
): string | undefined {
  if (!showsApplications) return undefined;
  return applications ? (nameInApplications ?? repositoryUrl) : repositoryUrl;
}

/** A real cluster pulls images; environments are for the embedded node alone. */
function builderKind(
  options: PlatformOptions,
  clusters: PlatformClusters,
): BuilderKind {
  if (options.registry !== undefined) return 'oci';
  return clusters.embedded ? 'venv' : 'none';
}
