import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Scrollback } from '../scrollback/Scrollback';
import { ScrollbackSearch } from '../scrollback/ScrollbackSearch';

/** Entries that are looked at before the page may draw again. */
const BUDGET = 20_000;

export interface LogSearchView {
  readonly query: string;
  readonly setQuery: (query: string) => void;
  /** Lines that match, so far. */
  readonly count: number;
  /** Place among them, from 1; 0 before the first step. */
  readonly position: number;
  /** Sequence number of the line that the reader stands on. */
  readonly current?: number;
  readonly step: (by: 1 | -1) => void;
  readonly scanning: boolean;
}

export interface LogSearchOptions {
  readonly buffer: Scrollback;
  readonly version: number;
  /** Where the first step begins: the first entry in view. */
  readonly from: () => number;
  readonly onStep: (seq: number) => void;
}

/** Search through the whole buffer, a part at a time, and on through what comes. */
export function useLogSearch(options: LogSearchOptions): LogSearchView {
  const { buffer, version, from, onStep } = options;
  const [query, setQuery] = useState('');
  const [current, setCurrent] = useState<number>();
  const [progress, setProgress] = useState({ done: true, round: 0 });
  const search = useMemo(
    () => (query ? new ScrollbackSearch(buffer, query) : undefined),
    [buffer, query],
  );

  useEffect(() => setCurrent(undefined), [search]);

  useEffect(() => {
    if (!search) {
      return undefined;
    }
    let frame = 0;
    const scan = () => {
      const done = search.scan(BUDGET);
      setProgress(({ round }) => ({ done, round: round + 1 }));
      if (!done) {
        frame = requestAnimationFrame(scan);
      }
    };
    scan();
    return () => cancelAnimationFrame(frame);
  }, [search, version]);

  const step = useCallback(
    (by: 1 | -1) => {
      if (!search || search.count === 0) {
        return;
      }
      const { count } = search;
      const start = current ?? from();
      const at = search.indexFrom(start) ?? count;
      let next = at;
      if (current !== undefined) {
        next = search.at(at) === current && by > 0 ? at + 1 : at;
      }
      if (by < 0) {
        next = at - 1;
      }
      const seq = search.at((next + count) % count);
      if (seq !== undefined) {
        setCurrent(seq);
        onStep(seq);
      }
    },
    [search, current, from, onStep],
  );

  const index =
    search && current !== undefined ? search.indexFrom(current) : undefined;
  return {
    query,
    setQuery,
    count: search?.count ?? 0,
    position: index === undefined ? 0 : index + 1,
    current,
    step,
    scanning: Boolean(search) && !progress.done,
  };
}
