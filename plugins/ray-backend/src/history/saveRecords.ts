import type { Knex } from 'knex';
import type { HistoryRecord } from './historyRecord';
import { ATTEMPTS, JOBS } from './historyTables';

/** Rows in one statement: databases limit its parameters. */
const CHUNK = 100;

/** Records in their order, in pieces that name each job once. */
export function chunks(records: readonly HistoryRecord[]): HistoryRecord[][] {
  const result: Map<string, HistoryRecord>[] = [];
  for (const record of records) {
    const last = result.at(-1);
    if (last && last.size < CHUNK && !last.has(record.id)) {
      last.set(record.id, record);
    } else {
      result.push(new Map([[record.id, record]]));
    }
  }
  return result.map(chunk => [...chunk.values()]);
}

/** Writes what is known of jobs that are on their clusters, each named once. */
export async function saveRecords(
  trx: Knex.Transaction,
  records: readonly HistoryRecord[],
): Promise<void> {
  if (records.length === 0) {
    return;
  }
  const excluded = (column: string) => trx.raw('excluded.??', [column]);
  await trx(JOBS)
    .insert(
      records.map(record => ({
        id: record.id,
        cluster: record.summary.cluster,
        uid: record.summary.uid,
        resource_version: record.resourceVersion,
        summary: JSON.stringify(record.summary),
        manifest: record.manifest,
        conditions: JSON.stringify(record.conditions),
        pods: record.pods ? JSON.stringify(record.pods) : null,
        gone_at: null,
      })),
    )
    .onConflict('id')
    .merge({
      uid: excluded('uid'),
      resource_version: excluded('resource_version'),
      summary: excluded('summary'),
      manifest: excluded('manifest'),
      conditions: excluded('conditions'),
      pods: trx.raw(
        'case when excluded.?? = ??.?? then coalesce(excluded.??, ??.??) else excluded.?? end',
        ['uid', JOBS, 'uid', 'pods', JOBS, 'pods', 'pods'],
      ),
      gone_at: null,
    });
  await trx(ATTEMPTS)
    .insert(
      records.flatMap(({ id, summary, attempts }) =>
        attempts.map(attempt => ({
          id,
          uid: summary.uid,
          attempt: attempt.attempt,
          summary: JSON.stringify(attempt),
        })),
      ),
    )
    .onConflict(['id', 'uid', 'attempt'])
    .merge(['summary']);
}
