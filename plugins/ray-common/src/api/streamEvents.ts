import type { clusterStreamEvents } from './clusterDetailSchemas';
import type { Described } from './describes';
import type { jobStreamEvents } from './jobDetailSchemas';
import type { logLinesEvents, logSearchEvents } from './logLineSchemas';
import type { logStreamEvents } from './logSchemas';
import type { reviewStreamEvents } from './reviewSchemas';
import type { StreamedEvents } from './RouteContract';
import type { storageStreamEvents } from './storageSchemas';
import type { syncStreamEvents } from './syncSchemas';

type EventOf<Events extends StreamedEvents> = {
  readonly [Name in keyof Events]: {
    readonly event: Name;
    readonly data: Described<Events[Name]>;
  };
}[keyof Events];

/** A server-sent event of `GET /jobs/stream`. */
export type JobStreamEvent = EventOf<typeof jobStreamEvents>;

/** A server-sent event of `GET /clusters/…/stream`. */
export type ClusterStreamEvent = EventOf<typeof clusterStreamEvents>;

/** A server-sent event of `GET /storages/…/stream`. */
export type StorageStreamEvent = EventOf<typeof storageStreamEvents>;

/** A server-sent event of `GET …/review/stream`. */
export type ReviewStreamEvent = EventOf<typeof reviewStreamEvents>;

/** A server-sent event of `GET …/sync/stream`. */
export type SyncStreamEvent = EventOf<typeof syncStreamEvents>;

/** A server-sent event of `GET …/logs`. */
export type LogStreamEvent = EventOf<typeof logStreamEvents>;

/** A server-sent event of `GET …/logs/lines/stream`. */
export type LogLinesEvent = EventOf<typeof logLinesEvents>;

/** A server-sent event of `GET …/logs/search`. */
export type LogSearchEvent = EventOf<typeof logSearchEvents>;
