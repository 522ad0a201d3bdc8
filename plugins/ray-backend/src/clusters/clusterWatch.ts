import type { LoggerService } from '@backstage/backend-plugin-api';
import type { KubeObject, Watcher } from '@ml-platform/kube';
import type { ClusterReport } from './ClusterReport';
import { watchCollection, type Collection } from './watchCollection';

/** Makes the watches of one cluster, which tell its report how they fare. */
export function clusterWatch(options: {
  readonly cluster: string;
  readonly report: ClusterReport;
  readonly logger: LoggerService;
}): <Obj extends KubeObject>(collection: Collection<Obj>) => Watcher<Obj> {
  const { cluster, report, logger } = options;
  return collection => {
    const { path } = collection;
    return watchCollection(collection, {
      logger,
      onHeard: () => report.heard(),
      onProgress: progress => report.advanced(path, progress),
      onSync: () => report.listed(path),
      onStatus: error => report.watched(path, error),
      // All but jobs refine; a reader without them is no outage.
      onLesser: error => logger.warn(`${cluster}: ${path}: ${error}`),
    });
  };
}
