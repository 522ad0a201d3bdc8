import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { logApiRef, type LineQuery, type LogQuery } from '../../api/LogApi';
import type { RunRef } from '../../api/RayApi';
import type { FindRanges } from '../file/findRanges';
import type { LogFile } from '../file/LogFile';
import { LogSearch } from '../file/LogSearch';
import { plainText } from '../terminal/drawLine';
import { usePattern } from './usePattern';

/** A match: its line, and its index among the matches in that line. */
export interface SearchPlace {
  readonly number: number;
  readonly match: number;
  /** Position of the line among those that match, from 1. */
  readonly position: number;
}

/** Milliseconds that a query has to stay before it is searched for. */
const TYPING = 200;
/** Milliseconds between two searches of what was added to a log. */
const AGAIN = 1_000;

export interface LogSearchView {
  readonly query: LineQuery;
  readonly setQuery: (query: LineQuery) => void;
  /** False where nothing is searched for. */
  readonly isOn: boolean;
  /** Number of matching lines so far. */
  readonly count: number;
  /** What the search has found, where there is one. */
  readonly found?: LogSearch;
  /** The current match. */
  readonly place?: SearchPlace;
  /** Goes to the next or the previous match. */
  readonly step: (by: 1 | -1) => void;
  /** Searches for something else, and goes to its next match, or to its first one. */
  readonly stepTo: (query: LineQuery, by: 1 | -1, start?: number) => void;
  readonly scanning: boolean;
  readonly failure?: Error;
  /** Finds what is searched for in the text of a line. */
  readonly find: FindRanges;
}

export interface LogSearchOptions {
  readonly run: RunRef;
  readonly log: LogQuery;
  readonly file: LogFile;
  readonly version: number;
  /** The line where the first step starts: the first one in view. */
  readonly from: () => number;
  readonly onStep: (place: SearchPlace) => void;
}

const isSameQuery = (a: LineQuery, b: LineQuery) =>
  (['q', 'regex', 'matchCase', 'level', 'orWorse'] as const).every(
    key => (a[key] || undefined) === (b[key] || undefined),
  );

/** Searches the whole log at the backend, and what is added later. */
export function useLogSearch(options: LogSearchOptions): LogSearchView {
  const { file, version, from, onStep } = options;
  const { cluster, namespace, name, uid } = options.run;
  const { source, previous } = options.log;
  const api = useApi(logApiRef);
  const [query, setQuery] = useState<LineQuery>({});
  const [search, setSearch] = useState<LogSearch>();
  const [place, setPlace] = useState<SearchPlace>();
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const find = usePattern(query);
  const isOn = Boolean(query.q) || query.level !== undefined;

  useEffect(() => {
    setPlace(undefined);
    if (!isOn) {
      setSearch(undefined);
      return undefined;
    }
    const run = { cluster, namespace, name, uid };
    const next = new LogSearch({
      search: (span, handlers) =>
        api.search(run, { source, previous, ...query, ...span }, handlers),
      onChange: draw,
    });
    setSearch(next);
    const timer = setTimeout(() => {
      next.run();
      draw();
    }, TYPING);
    return () => {
      clearTimeout(timer);
      next.close();
    };
  }, [api, cluster, namespace, name, uid, source, previous, query, isOn, file]);

  // What was added since.
  const isBehind =
    search?.isThrough && !search.failure && search.searched < file.lastLine;
  useEffect(() => {
    const timer = isBehind ? setTimeout(() => search?.run(), AGAIN) : undefined;
    return () => clearTimeout(timer);
  }, [search, isBehind, search?.searched]);

  const held = useRef({ file, place, from, onStep, find, search });
  useEffect(() => {
    held.current = { file, place, from, onStep, find, search };
  }, [file, place, from, onStep, find, search, version]);
  const queue = useRef(Promise.resolve());

  const step = useCallback((by: 1 | -1, start?: number) => {
    const go = async () => {
      const now = held.current;
      if (!now.search) {
        return;
      }
      const matchesIn = (text: string) => now.find(plainText(text)).length;
      const at = start === undefined ? now.place : undefined;
      const entry = at && now.file.line(at.number);
      const match = (at?.match ?? 0) + by;
      let next: SearchPlace | undefined;
      if (at && entry && match >= 0 && match < matchesIn(entry.text)) {
        next = { ...at, match };
      } else {
        if (!now.search.isThrough) {
          now.search.run();
        }
        const begin = start ?? at?.number ?? now.from() - (by > 0 ? 1 : 0);
        const found = await now.search.find(begin, by);
        next = found && {
          number: found.line.number,
          position: found.position,
          match: by < 0 ? Math.max(0, matchesIn(found.line.text) - 1) : 0,
        };
      }
      if (next && held.current.search === now.search) {
        held.current = { ...held.current, place: next };
        setPlace(next);
        now.onStep(next);
      }
    };
    queue.current = queue.current.then(go).catch(() => draw());
  }, []);

  /** A step that a new search has to take. */
  const pending = useRef<{ readonly by: 1 | -1; readonly start?: number }>();
  const stepTo = useCallback(
    (next: LineQuery, by: 1 | -1, start?: number) => {
      if (isSameQuery(query, next)) {
        step(by, start);
      } else {
        pending.current = { by, start };
        setQuery(next);
      }
    },
    [query, step],
  );
  useEffect(() => {
    const first = pending.current;
    pending.current = undefined;
    if (search && first) {
      step(first.by, first.start);
    }
  }, [search, step]);

  return {
    query,
    setQuery,
    isOn,
    count: search?.count ?? 0,
    found: search,
    place,
    step,
    stepTo,
    scanning: isOn && !search?.isThrough,
    failure: search?.failure,
    find,
  };
}
