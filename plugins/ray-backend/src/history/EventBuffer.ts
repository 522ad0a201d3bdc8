import { jobId, type JobSummary } from '@ml-platform/rayjob';
import { runKey } from './historyRecord';
import { lastEvents, type RunEvent, type RunId } from './RunEvents';

/** Events in memory before those of a run are looked through: not with each. */
const ROOM = 400;

interface Gathered {
  readonly run: RunId;
  readonly events: Map<string, RunEvent>;
}

/** Events that are to be written: of each run no more than are kept. */
export class EventBuffer {
  readonly #runs = new Map<string, Gathered>();

  /** Number of runs that have some. */
  get size(): number {
    return this.#runs.size;
  }

  put(run: JobSummary, event: RunEvent): void {
    const { uid } = run;
    this.#put(runKey(run), { id: jobId(run), uid }, event);
  }

  /** Takes up what came later. */
  add(later: EventBuffer): void {
    for (const [key, { run, events }] of later.#runs) {
      events.forEach(event => this.#put(key, run, event));
    }
  }

  all(): readonly (RunId & RunEvent)[] {
    return [...this.#runs.values()].flatMap(({ run, events }) =>
      lastEvents([...events.values()]).map(event => ({ ...run, ...event })),
    );
  }

  #put(key: string, run: RunId, event: RunEvent): void {
    const { events } = this.#runs.get(key) ?? { events: new Map() };
    events.set(event.key, event);
    const kept =
      events.size > ROOM
        ? new Map(lastEvents([...events.values()]).map(one => [one.key, one]))
        : events;
    this.#runs.set(key, { run, events: kept });
  }
}
