import { randomUUID } from 'node:crypto';
import type {
  AuditorService,
  DatabaseService,
  HttpAuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  SchedulerService,
  UrlReaderService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type {
  ActionsRegistryService,
  MetricsService,
} from '@backstage/backend-plugin-api/alpha';
import type { Config } from '@backstage/config';
import type { EventsService } from '@backstage/plugin-events-node';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  LogArchive,
  RayImageBuildersService,
  RayJobDecorator,
  RayJobNoticeSender,
  RayLogSource,
} from '@ml-platform/backstage-plugin-ray-node';
import { JobClusterDirectory } from '@ml-platform/sdk';
import type { Router } from 'express';
import { JobActions } from './actions/JobActions';
import { createArgoCd } from './argocd/createArgoCd';
import { createArchive } from './archive/createArchive';
import { runLogs } from './archive/runLogs';
import { Clusters } from './clusters/Clusters';
import { firstSync } from './clusters/firstSync';
import { followDirectory, jobClusters } from './clusters/jobClusters';
import { HistoryStore } from './history/HistoryStore';
import { JobHistory } from './history/JobHistory';
import { readHistory } from './history/readHistory';
import { createGitOps } from './gitops/createGitOps';
import { logLimit } from './http/logLimit';
import { LogLinesRoute } from './http/LogLinesRoute';
import { LogRoute } from './http/LogRoute';
import { JobStream } from './http/jobStream';
import { createRouter } from './http/router';
import { createImageBuilds } from './images/createImageBuilds';
import { JobIndex } from './jobs/JobIndex';
import { JobRevisions } from './jobs/JobRevisions';
import { Jobs } from './jobs/Jobs';
import { LogHub } from './logs/LogHub';
import { LogOpeners } from './logs/LogOpeners';
import { LogService } from './logs/LogService';
import { NumberedLogs } from './logs/numbered/NumberedLogs';
import { readNumbered } from './logs/numbered/readNumbered';
import { ManagementClusters } from './management/ManagementClusters';
import { createNotices } from './notices/createNotices';
import { createOrders } from './orders/createOrders';
import { registerMetrics } from './metrics/registerMetrics';
import { Authorizer } from './permissions/Authorizer';
import { registerPermissions } from './permissions/registerPermissions';
import { createRunResults } from './statistics/createRunResults';
import { createStorages } from './storage/createStorages';
import { registerActions } from './actionsRegistry/registerActions';
import { registerOrderActions } from './actionsRegistry/registerOrderActions';
import { atMost } from './util/atMost';

export interface RayServiceOptions {
  readonly actionsRegistry: ActionsRegistryService;
  readonly metrics: MetricsService;
  readonly auditor: AuditorService;
  readonly catalog: CatalogService;
  readonly builders: RayImageBuildersService;
  readonly config: Config;
  readonly database: DatabaseService;
  readonly events: EventsService;
  readonly httpAuth: HttpAuthService;
  readonly logger: LoggerService;
  readonly permissions: PermissionsService;
  readonly permissionsRegistry: PermissionsRegistryService;
  readonly scheduler: SchedulerService;
  readonly reader: UrlReaderService;
  readonly userInfo: UserInfoService;
  readonly logSources: readonly RayLogSource[];
  readonly logArchives: ReadonlyMap<string, LogArchive>;
  readonly decorators: readonly RayJobDecorator[];
  readonly noticeSender?: RayJobNoticeSender;
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
  const notices = createNotices({ ...options, clock, index, store });
  const results = createRunResults({ ...options, clock, index, store });
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
  const managements = new ManagementClusters({ directory, logger });
  const storages = createStorages({ config, managements, logger });
  const authorizer = new Authorizer(options);
  const hub = new LogHub({ maxBytes: MAX_LOG_BYTES, lingerMs: LINGER });
  const stop = new AbortController();
  let running: Promise<void>[] = [];

  const git = createGitOps({ ...options, index, clusters, clock });
  const syncs = createArgoCd({
    ...options,
    gitops: git?.gitops,
    index,
    managements,
  });
  const jobs = new Jobs({
    index,
    clusters,
    gitops: git?.gitops,
    reviews: git?.reviews,
    syncs,
    history,
    archived: archive?.archived,
    authorizer,
    clock,
  });
  const openers = new LogOpeners({
    clusters,
    index,
    sources: options.logSources,
    archived: archive?.archived,
  });
  const logs = new LogService({ hub, openers });

  const numbered = new NumberedLogs({ ...readNumbered(config), openers });
  const reading = { closing: stop.signal, limit: logLimit(config) };

  registerPermissions({ permissionsRegistry, index });

  const repository = git?.gitops.repository;
  const orders = createOrders({
    ...options,
    authorizer,
    clusters,
    clock,
    index,
    pathOf: repository && (job => repository.pathOf(job)),
  });
  const actions = new JobActions({
    ...orders,
    clusters,
    jobs,
    gitops: git?.gitops,
    clock,
  });
  const epoch = randomUUID().slice(0, 8);
  const stream = new JobStream({
    index,
    jobs,
    clusters,
    authorizer,
    closing: stop.signal,
    epoch,
  });
  const parts = {
    ...options,
    ...orders,
    actions,
    authorizer,
    clusters,
    jobs,
    logs,
    numbered,
    results,
  };
  registerActions(parts);
  registerOrderActions(parts);
  const archiver = archive?.archiver;
  registerMetrics({ ...parts, archiver, history, hub, index, stream, clock });

  return {
    router: createRouter({
      ...parts,
      ...createImageBuilds({ ...options, store, clock }),
      logs: new LogRoute({ ...reading, logs, authorizer }),
      logLines: new LogLinesRoute({ ...reading, numbered }),
      revisions: new JobRevisions({ index, clusters, epoch }),
      stream,
      storages,
      reviews: git?.reviews,
      syncs,
      index,
      closing: stop.signal,
    }),
    async start() {
      running = [followDirectory(directory, clusters, stop.signal)];
      await atMost(FIRST_SYNC, stop.signal, () => directory.asked);
      await history.load(clusters);
      running.push(
        clusters.run(stop.signal),
        managements.run(stop.signal),
        history.run(clusters, stop.signal),
        results.run(stop.signal),
      );
      if (archiver) {
        running.push(archiver.run(runLogs(clusters), stop.signal));
      }
      const { signal } = stop;
      await firstSync({ clusters, patienceMs: FIRST_SYNC, signal });
      running.push(notices.run(stop.signal));
      await git?.start();
      git?.watcher.run(stop.signal);
    },
    async stop() {
      stop.abort();
      hub.close();
      numbered.close();
      await Promise.all(running);
    },
  };
}
