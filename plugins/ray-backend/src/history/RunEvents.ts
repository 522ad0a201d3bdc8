import type { JobEvent } from '@ml-platform/rayjob';
import type { Knex } from 'knex';
import { EVENTS } from './historyTables';

/** Events that are kept of a run: the last. One more row tells that there were more. */
const KEPT = 200;
/** Rows in one statement: databases limit its parameters. */
const CHUNK = 100;

/** An event, and what it is known by however often it is repeated. */
export interface RunEvent {
  readonly key: string;
  readonly event: JobEvent;
}

/** Names one run in the tables. */
export interface RunId {
  /** `<cluster>/<namespace>/<name>` */
  readonly id: string;
  readonly uid: string;
}

/** The events of a run, oldest first. */
export interface KeptEvents {
  readonly items: readonly JobEvent[];
  /** True where there were more, before these. */
  readonly olderLeftOut?: boolean;
}

/** When an event was last seen, so that text order is time order. */
export function eventTime({ lastSeen }: JobEvent): string {
  return new Date(Date.parse(lastSeen) || 0).toISOString();
}

/** The last of the events, and one more where there are more. */
export function lastEvents(events: readonly RunEvent[]): readonly RunEvent[] {
  return events.length > KEPT + 1
    ? [...events]
        .sort((a, b) => eventTime(b.event).localeCompare(eventTime(a.event)))
        .slice(0, KEPT + 1)
    : events;
}

/** The events of runs, in the database. Every write may be repeated. */
export class RunEvents {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** @param events - each once; of a run as many as there may be */
  async save(events: readonly (RunId & RunEvent)[]): Promise<void> {
    for (let i = 0; i < events.length; i += CHUNK) {
      const rows = events
        .slice(i, i + CHUNK)
        .map(({ id, uid, key, event }) => ({
          id,
          uid,
          event: key,
          last_seen: eventTime(event),
          summary: JSON.stringify(event),
        }));
      await this.#knex(EVENTS)
        .insert(rows)
        .onConflict(['id', 'uid', 'event'])
        .merge(['last_seen', 'summary'])
        // Another backend may have written a later one already.
        .whereRaw('??.?? <= excluded.??', [EVENTS, 'last_seen', 'last_seen']);
      await this.#trim(rows);
    }
  }

  async of({ id, uid }: RunId): Promise<KeptEvents> {
    const rows = await this.#lastFirst({ id, uid }).limit(KEPT + 1);
    const items = rows
      .slice(0, KEPT)
      .reverse()
      .map(({ summary }): JobEvent => JSON.parse(summary));
    return rows.length > KEPT ? { items, olderLeftOut: true } : { items };
  }

  /** Forgets what is more than is kept of these runs. */
  async #trim(runs: readonly RunId[]): Promise<void> {
    const named = runs.map(({ id, uid }) => [id, uid]);
    const full: RunId[] = await this.#knex(EVENTS)
      .select('id', 'uid')
      .whereIn(['id', 'uid'], named)
      .groupBy('id', 'uid')
      .having(this.#knex.raw('count(*)'), '>', KEPT + 1);
    for (const run of full) {
      const surplus = await this.#lastFirst(run)
        .offset(KEPT + 1)
        .limit(KEPT + CHUNK);
      await this.#knex(EVENTS)
        .where({ id: run.id, uid: run.uid })
        .whereIn(
          'event',
          surplus.map(({ event }) => event),
        )
        .delete();
    }
  }

  #lastFirst({ id, uid }: RunId) {
    return this.#knex(EVENTS)
      .select('event', 'summary')
      .where({ id, uid })
      .orderBy([
        { column: 'last_seen', order: 'desc' },
        { column: 'event', order: 'desc' },
      ]);
  }
}
