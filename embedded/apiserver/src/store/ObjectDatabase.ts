import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

export interface ObjectRow {
  readonly storage: string;
  readonly key: string;
  readonly version: number;
  readonly writtenAt: number;
  readonly json: string;
}

/**
 * Keeps objects over a restart. Each write is one transaction with the
 * resourceVersion that it made, so that a version is never given out twice.
 */
export class ObjectDatabase {
  readonly #db: Database.Database;
  readonly #put: (row: ObjectRow) => void;
  readonly #delete: (storage: string, key: string, version: number) => void;

  constructor(options: { readonly dataDir: string }) {
    mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
    const db = new Database(join(options.dataDir, 'objects.sqlite'));
    this.#db = db;
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.exec(`
      CREATE TABLE IF NOT EXISTS objects (
        storage TEXT NOT NULL,
        key TEXT NOT NULL,
        version INTEGER NOT NULL,
        written_at INTEGER NOT NULL,
        json TEXT NOT NULL,
        PRIMARY KEY (storage, key)
      ) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS counters (
        name TEXT PRIMARY KEY,
        value INTEGER NOT NULL
      ) WITHOUT ROWID;
      INSERT OR IGNORE INTO counters VALUES ('resourceVersion', 0);
    `);
    const put = db.prepare(
      `INSERT OR REPLACE INTO objects (storage, key, version, written_at, json)
       VALUES (@storage, @key, @version, @writtenAt, @json)`,
    );
    const remove = db.prepare(
      'DELETE FROM objects WHERE storage = ? AND key = ?',
    );
    const count = db.prepare(
      `UPDATE counters SET value = ? WHERE name = 'resourceVersion'`,
    );
    this.#put = db.transaction((row: ObjectRow) => {
      put.run(row);
      count.run(row.version);
    });
    this.#delete = db.transaction(
      (storage: string, key: string, version: number) => {
        remove.run(storage, key);
        count.run(version);
      },
    );
  }

  /** The last version that was given out; 0 in a new database. */
  resourceVersion(): number {
    const row = this.#db
      .prepare<[], { value: number }>(
        `SELECT value FROM counters WHERE name = 'resourceVersion'`,
      )
      .get();
    return row?.value ?? 0;
  }

  rows(): IterableIterator<ObjectRow> {
    return this.#db
      .prepare<[], ObjectRow>(
        'SELECT storage, key, version, written_at AS writtenAt, json FROM objects',
      )
      .iterate();
  }

  put(row: ObjectRow): void {
    this.#put(row);
  }

  delete(storage: string, key: string, version: number): void {
    this.#delete(storage, key, version);
  }

  close(): void {
    this.#db.close();
  }
}
