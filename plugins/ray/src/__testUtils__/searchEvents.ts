import type {
  LogSearchEvent,
  MatchedLogLine,
  NumberedLogLine,
} from '@ml-platform/backstage-plugin-ray-common';
import type { SearchSpan } from '../logs/file/MatchReader';

/**
 * What a backend says of a search.
 * @param matching - all lines of the log that match
 * @param ends - numbers of the last lines of its parts
 */
export function searchEvents(
  matching: readonly NumberedLogLine[],
  { from, to = Infinity, limit, fold, after }: SearchSpan,
  ends: readonly number[],
): LogSearchEvent[] {
  const lines: MatchedLogLine[] = [];
  const steps = [];
  let before = matching.find(({ number }) => number === after);
  let [matches, run] = [0, 0];
  const within = matching.filter(
    ({ number }) => number >= from && number <= to,
  );
  for (const searched of ends) {
    const runBefore = run;
    let until = matches;
    while (matches < within.length && within[matches].number <= searched) {
      const { until: _, ...line } = within[matches];
      matches += 1;
      run = fold && before?.text === line.text ? run : matches;
      until = run === runBefore ? matches : until;
      if (run === matches && lines.length < limit) {
        lines.push({ ...line, ...(fold && { position: matches }) });
      }
      before = line;
    }
    const equal = { line: before?.number, run, until };
    steps.push({ matches, searched, ...(fold && equal) });
  }
  const searched = ends.at(-1) ?? from - 1;
  return [
    { event: 'matches', data: { lines } },
    { event: 'progress', data: { matches, searched, steps, last: searched } },
  ];
}
