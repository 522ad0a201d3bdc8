import type { Described } from './describes';
import type { jobStreamEvents } from './jobDetailSchemas';
import type { logStreamEvents } from './logSchemas';
import type { StreamedEvents } from './RouteContract';

type EventOf<Events extends StreamedEvents> = {
  readonly [Name in keyof Events]: {
    readonly event: Name;
    readonly data: Described<Events[Name]>;
  };
}[keyof Events];

/** A server-sent event of `GET /jobs/stream`. */
export type JobStreamEvent = EventOf<typeof jobStreamEvents>;

/** A server-sent event of `GET …/logs`. */
export type LogStreamEvent = EventOf<typeof logStreamEvents>;
