import type { Knex } from 'knex';

const BUILDS = 'ray_image_builds';

/** Milliseconds that it is remembered who started a build. */
const KEPT = 30 * 24 * 3_600_000;

/** Who started which build, for all backends of one portal. */
export class BuildStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Remembers a build; one that is known stays with who started it first. */
  async add(id: string, requester: string, now: Date): Promise<void> {
    const started = now.toISOString();
    await this.#knex(BUILDS)
      .where('started_at', '<', new Date(now.getTime() - KEPT).toISOString())
      .delete();
    const again = await this.#knex(BUILDS)
      .where({ id, ended: true })
      .update({ requester, started_at: started, ended: false });
    if (again === 0) {
      await this.#knex(BUILDS)
        .insert({ id, requester, started_at: started, ended: false })
        .onConflict('id')
        .ignore();
    }
  }

  async requesterOf(id: string): Promise<string | undefined> {
    const row = await this.#knex(BUILDS).where({ id }).first('requester');
    return row?.requester;
  }

  /** Builds of somebody that aren't known to have ended. */
  async openOf(requester: string): Promise<readonly string[]> {
    return this.#knex(BUILDS).where({ requester, ended: false }).pluck('id');
  }

  async end(id: string): Promise<void> {
    await this.#knex(BUILDS).where({ id }).update({ ended: true });
  }
}
