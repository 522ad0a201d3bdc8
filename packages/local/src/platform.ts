import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startBuilder } from './builder';
import { startController } from './controller';
import { startGitHost } from './githost';
import { FileImageStore, PythonEnvironments } from './images';
import { startKubeControllers } from './kubecontroller';
import { startKubelet } from './kubelet';
import { startSyncLoop } from './syncloop';
import { fileLogger } from './supervisor/fileLogger';
import { PlatformOptions } from './supervisor/options';
import { appConfigOverlay } from './supervisor/overlay';
import { PortalProcess } from './supervisor/PortalProcess';
import { Ports } from './supervisor/ports';
import { stage } from './supervisor/progress';
import { Secrets } from './supervisor/secrets';
import { Shutdown } from './supervisor/Shutdown';
import { startClusters } from './supervisor/startClusters';
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
    startClusters({ ports, secrets, stateDir, logger, shutdown }),
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
  await stage('Builder', async () => {
    const builder = await startBuilder({
      port: ports.builder,
      dataDir: state('builder'),
      images,
      environments,
      registry,
      kind: options.registry === undefined ? 'venv' : 'oci',
      token: secrets.builder,
      logger: logger('builder'),
    });
    shutdown.add('builder', () => builder.close());
  });

  const gitHost = await stage('Git host', async () => {
    const started = await startGitHost({
      port: ports.gitHost,
      dataDir: state('git'),
      seedDir: root,
      token: secrets.git,
      portalUrl,
      logger: logger('git'),
    });
    shutdown.add('git host', () => started.close());
    return started;
  });

  await stage('Controllers, node and sync loop', async () => {
    const abort = new AbortController();
    const running: Promise<unknown>[] = [];
    shutdown.add('controllers, node and sync loop', async () => {
      abort.abort();
      await Promise.allSettled(running);
    });
    const common = { signal: abort.signal };
    running.push(
      startKubeControllers({
        ...common,
        kubeConfig: clusters.workload,
        logger: logger('kube-controllers'),
      }).done,
      startController({
        ...common,
        kubeConfig: clusters.workload,
        logger: logger('controller'),
      }).done,
    );
    const kubelet = await startKubelet({
      ...common,
      kubeConfig: clusters.workload,
      nodeName: 'embedded',
      dataDir: stateDir,
      images,
      kubeletToken: secrets.kubelet,
      logger: logger('kubelet'),
    });
    running.push(kubelet.done);
    const syncLoop = startSyncLoop({
      ...common,
      kubeConfig: clusters.management,
      clusters: { 'workload-cluster': clusters.workload },
      gitHost,
      token: secrets.git,
      logger: logger('sync-loop'),
    });
    running.push(syncLoop.done);
  });

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
      certificateAuthority: clusters.certificateAuthority,
      stateDir: join(stateDir, 'state'),
      registry,
      dev: options.dev,
    }),
    { mode: 0o600 },
  );
  const url = options.dev ? 'http://localhost:3000' : portalUrl;
  const portal = PortalProcess.start({
    root,
    logsDir,
    overlayFile,
    url,
    readinessUrl: `${portalUrl}/.backstage/health/v1/readiness`,
    dev: options.dev,
    path: [techDocs.binDir],
  });
  shutdown.add('portal', () => portal.stop());
  await stage('Portal', () => portal.ready(PORTAL_TIMEOUT_MS));
  return { url, portal, gitUrl: gitHost.repositoryUrl };
}
