import type { JobSummary } from '@ml-platform/rayjob';
import { jobColumns } from '../../output/jobColumns';
import { tablePieces } from '../../output/table';
import type { Io } from '../../terminal/Io';
import { painter } from '../../terminal/style';

/**
 * The table of jobs in pieces, as wide as the terminal; `wide` as wide as it needs.
 */
export function jobTable(
  jobs: readonly JobSummary[],
  { stdout, env, now }: Io,
  { wide, places }: { readonly wide: boolean; readonly places: boolean },
): Iterable<string> {
  const columns = jobColumns({
    now: now(),
    paint: painter(stdout, env),
    places,
    clusters: new Set(jobs.map(({ cluster }) => cluster)).size > 1,
    wide,
  });
  return tablePieces(jobs, columns, wide ? undefined : stdout.columns);
}
