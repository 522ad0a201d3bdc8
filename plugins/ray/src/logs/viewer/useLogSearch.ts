import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Scrollback } from '../scrollback/Scrollback';
import { findRanges, ScrollbackSearch } from '../scrollback/ScrollbackSearch';
import { plainText } from '../terminal/drawLine';

/** One match: the line that it is in, and which of its matches it is, from 0. */
export interface SearchPlace {
  readonly seq: number;
  readonly match: number;
}

/** Entries that are looked at before the page may draw again. */
const BUDGET = 20_000;

export interface LogSearchView {
  readonly query: string;
  readonly setQuery: (query: string) => void;
  /** Lines that match, so far. */
  readonly count: number;
  /** Place among them, from 1; 0 before the first step. */
  readonly position: number;
  /** The match that the reader stands on. */
  readonly place?: SearchPlace;
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
  const [place, setPlace] = useState<SearchPlace>();
  const [progress, setProgress] = useState({ done: true, round: 0 });
  const search = useMemo(
    () => (query ? new ScrollbackSearch(buffer, query) : undefined),
    [buffer, query],
  );

  useEffect(() => setPlace(undefined), [search]);

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
      const matchesIn = (seq: number) => {
        const entry = buffer.at(seq);
        return entry?.kind === 'line'
          ? findRanges(plainText(entry.text), query).length
          : 0;
      };
      const go = (seq: number, match: number) => {
        setPlace({ seq, match });
        onStep(seq);
      };
      const inLine = (place?.match ?? -1) + by;
      if (place && inLine >= 0 && inLine < matchesIn(place.seq)) {
        go(place.seq, inLine);
        return;
      }
      const { count } = search;
      const at = search.indexFrom(place?.seq ?? from()) ?? count;
      const onMatch = place !== undefined && search.at(at) === place.seq;
      const next = by < 0 ? at - 1 : at + (onMatch ? 1 : 0);
      const seq = search.at((next + count) % count);
      if (seq !== undefined) {
        go(seq, by < 0 ? matchesIn(seq) - 1 : 0);
      }
    },
    [buffer, query, search, place, from, onStep],
  );

  const index = search && place ? search.indexFrom(place.seq) : undefined;
  return {
    query,
    setQuery,
    count: search?.count ?? 0,
    position: index === undefined ? 0 : index + 1,
    place,
    step,
    scanning: Boolean(search) && !progress.done,
  };
}
