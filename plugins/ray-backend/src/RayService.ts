import { randomUUID } from 'node:crypto';
import type {
  AuditorService,
  DatabaseService,
  HttpAuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type {
  ActionsRegistryService,
  MetricsService,
} from '@backstage/backend-plugin-api/alpha';
import type { Config } from '@backstage/config';
import {
  rayClusterReadPermission,
  rayClusterScalePermission,
  rayJobCreatePermission,
  rayJobDeletePermission,
  rayJobReadPermission,
  rayJobSecretsReadPermission,
  rayJobStopPermission,
  rayLogReadPermission,
} from '@ml-platform/backstage-plugin-ray-common';
import {
  rayJobResourceRef,
  rayJobRules,
  type LogArchive,
  type RayJobDecorator,
  type RayLogSource,
} from '@ml-platform/backstage-plugin-ray-node';
import { readJobPolicy } from '@ml-platform/rayjob';
import { JobClusterDirectory } from '@ml-platform/sdk';
import type { Router } from 'express';
import { JobActions } from './actions/JobActions';
import { createArchive } from './archive/createArchive';
import { runLogs } from './archive/runLogs';
import { Clusters } from './clusters/Clusters';
import { firstSync } from './clusters/firstSync';
import { followDirectory, jobClusters } from './clusters/jobClusters';
import { HistoryStore } from './history/HistoryStore';
import { JobHistory } from './history/JobHistory';
import { readHistory } from './history/readHistory';
import { createGitOps } from './gitops/createGitOps';
import { LogRoute } from './http/LogRoute';
import { JobStream } from './http/jobStream';
import { createRouter } from './http/router';
import { CallLimit } from './http/CallLimit';
import { JobIndex } from './jobs/JobIndex';
import { Jobs } from './jobs/Jobs';
import { LogHub } from './logs/LogHub';
import { LogService } from './logs/LogService';
import { registerMetrics } from './metrics/registerMetrics';
import { Authorizer } from './permissions/Authorizer';
import { JobAdmission } from './permissions/JobAdmission';
import { registerActions } from './actionsRegistry/registerActions';
import { atMost } from './util/atMost';

export interface RayServiceOptions {
  readonly actionsRegistry: ActionsRegistryService;
  readonly metrics: MetricsService;
  readonly auditor: AuditorService;
  readonly config: Config;
  readonly database: DatabaseService;
  readonly httpAuth: HttpAuthService;
  readonly logger: LoggerService;
  readonly permissions: PermissionsService;
  readonly permissionsRegistry: PermissionsRegistryService;
  readonly logSources: readonly RayLogSource[];
  readonly logArchives: ReadonlyMap<string, LogArchive>;
  readonly decorators: readonly RayJobDecorator[];
  readonly clock?: () => Date;
}

export interface RayService {
  readonly router: Router;
  /** Begins to watch; resolves after the first sync, or when it takes too long. */
  start(): Promise<void>;
  /** Resolves when everything is written that is known. */
  stop(): Promise<void>;
}

/** Milliseconds that the start waits for clusters to be found, and to answer. */
const FIRST_SYNC = 5_000;
const MAX_LOG_BYTES = 4 * 1024 * 1024;
const LINGER = 15_000;
/** Logs that one user may have open, unless the configuration says otherwise. */
const MOST_OPEN_LOGS = 50;

/** Puts the parts together: clusters and git into the index, the index to HTTP. */
export async function createRayService(
  options: RayServiceOptions,
): Promise<RayService> {
  const { config, logger, permissionsRegistry } = options;
  const clock = options.clock ?? (() => new Date());
  const index = new JobIndex({ decorators: options.decorators });
  const store = await HistoryStore.create(options.database);
  const archive = createArchive({ ...options, clock, store });
  const history = new JobHistory({
    store,
    index,
    config: readHistory(config),
    logger,
    clock,
    onForget: async run => archive?.retention.forget(run),
  });
  const directory = new JobClusterDirectory({ config });
  const clusters = new Clusters({
    ...jobClusters(directory),
    index,
    logger,
    observers: archive ? [history, archive.archiver] : [history],
    attemptsBefore: ref => history.attemptsBefore(ref),
    stateBefore: ref => history.stateBefore(ref),
    clock,
  });
  const authorizer = new Authorizer(options);
  const hub = new LogHub({ maxBytes: MAX_LOG_BYTES, lingerMs: LINGER });
  const stop = new AbortController();
  let running: Promise<void>[] = [];

  const git = createGitOps({ ...options, index, clusters, clock });
  const jobs = new Jobs({
    index,
    clusters,
    gitops: git?.gitops,
    history,
    archived: archive?.archived,
    authorizer,
    clock,
  });
  const logs = new LogService({
    hub,
    clusters,
    index,
    sources: options.logSources,
    archived: archive?.archived,
  });

  permissionsRegistry.addResourceType({
    resourceRef: rayJobResourceRef,
    permissions: [
      rayJobReadPermission,
      rayJobCreatePermission,
      rayJobStopPermission,
      rayJobDeletePermission,
      rayJobSecretsReadPermission,
      rayLogReadPermission,
    ],
    rules: Object.values(rayJobRules),
    getResources: async refs =>
      refs.map(ref => {
        const [cluster = '', namespace = '', name = ''] = ref.split('/');
        return index.get({ cluster, namespace, name });
      }),
  });
  permissionsRegistry.addPermissions([
    rayClusterReadPermission,
    rayClusterScalePermission,
  ]);

  const allowedMetadata =
    config.getOptionalStringArray('ray.submit.allowedMetadata') ?? [];
  const actions = new JobActions({
    admission: new JobAdmission({
      authorizer,
      namespacesOf: cluster => clusters.get(cluster).entry.namespaces,
      policy: readJobPolicy(config.getOptional('ray.policy')),
      allowedMetadata,
    }),
    allowedMetadata,
    clusters,
    jobs,
    gitops: git?.gitops,
    clock,
  });
  const stream = new JobStream({
    index,
    jobs,
    clusters,
    authorizer,
    closing: stop.signal,
    epoch: randomUUID().slice(0, 8),
  });
  const parts = { ...options, actions, authorizer, clusters, jobs, logs };
  registerActions(parts);
  registerMetrics({ ...parts, hub, index, stream, clock });

  return {
    router: createRouter({
      ...parts,
      logs: new LogRoute({
        logs,
        authorizer,
        limit: new CallLimit({
          most:
            config.getOptionalNumber('ray.logs.maxStreamsPerUser') ??
            MOST_OPEN_LOGS,
          what: 'logs',
          advice:
            'Close pages or commands that follow logs, then try again; ray.logs.maxStreamsPerUser sets the limit',
        }),
      }),
      stream,
    }),
    async start() {
      running = [followDirectory(directory, clusters, stop.signal)];
      await atMost(FIRST_SYNC, stop.signal, () => directory.asked);
      await history.load(clusters);
      running.push(
        clusters.run(stop.signal),
        history.run(clusters, stop.signal),
      );
      if (archive) {
        const { archiver } = archive;
        running.push(archiver.run(runLogs(clusters), stop.signal));
      }
      await firstSync({
        clusters,
        patienceMs: FIRST_SYNC,
        signal: stop.signal,
      });
      git?.watcher.run(stop.signal);
    },
    async stop() {
      stop.abort();
      hub.close();
      await Promise.all(running);
    },
  };
}
