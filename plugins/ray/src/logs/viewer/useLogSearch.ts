import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Scrollback } from '../scrollback/Scrollback';
import { findRanges, ScrollbackSearch } from '../scrollback/ScrollbackSearch';
import { plainText } from '../terminal/drawLine';

/** A match: its line, and its index among the matches in that line. */
export interface SearchPlace {
  readonly seq: number;
  readonly match: number;
}

/** Number of entries to search before the page can draw again. */
const BUDGET = 20_000;

export interface LogSearchView {
  readonly query: string;
  readonly setQuery: (query: string) => void;
  /** Number of matching lines so far. */
  readonly count: number;
  /** Position of the current line among them, from 1. 0 before the first step. */
  readonly position: number;
  /** The current match. */
  readonly place?: SearchPlace;
  readonly step: (by: 1 | -1) => void;
  readonly scanning: boolean;
}

export interface LogSearchOptions {
  readonly buffer: Scrollback;
  readonly version: number;
  /** The entry where the first step starts: the first one in view. */
  readonly from: () => number;
  readonly onStep: (seq: number) => void;
}

/** Searches the whole buffer, part by part, and what is added later. */
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
