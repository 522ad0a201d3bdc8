import { useCallback, useEffect, useReducer, useState } from 'react';
import type { LogFile } from './file/LogFile';
import type { LogSearch } from './file/LogSearch';
import { MatchedLines } from './file/MatchedLines';
import type { FoundRun } from './file/MatchReader';
import { PageLoader } from './file/PageLoader';

export interface MatchedLinesView {
  readonly places: MatchedLines;
  /** Grows with each change of what is loaded. */
  readonly version: number;
  /** Why lines couldn't be loaded; another try follows. */
  readonly failure?: Error;
  /** Has the lines between two places loaded. */
  readonly show: PageLoader['show'];
  /** The place of the first match that isn't before a line. */
  readonly placeFrom: (number: number) => Promise<number | undefined>;
}

export interface MatchedLinesOptions {
  readonly file: LogFile;
  readonly found?: LogSearch;
  readonly isOn: boolean;
}

interface Held {
  readonly places: MatchedLines;
  readonly loader: PageLoader<FoundRun>;
  readonly found: LogSearch;
}

/** The lines that a search has found, and no others, while that is on. */
export function useMatchedLines(
  options: MatchedLinesOptions,
): MatchedLinesView | undefined {
  const { file, found, isOn } = options;
  const [held, setHeld] = useState<Held>();
  const [failure, setFailure] = useState<Error>();
  const [drawn, draw] = useReducer((count: number) => count + 1, 0);

  useEffect(() => {
    setFailure(undefined);
    if (!isOn || !found) {
      setHeld(undefined);
      return undefined;
    }
    const places = new MatchedLines(file, found);
    const loader = new PageLoader<FoundRun>({
      places,
      read: (span, signal) => places.read(span, signal),
      add: lines => places.add(lines),
      onChange: error => {
        setFailure(error);
        draw();
      },
    });
    setHeld({ places, loader, found });
    return () => loader.close();
  }, [file, found, isOn]);

  const show = useCallback<PageLoader['show']>(
    (from, to, open) => held?.loader.show(from, to, open),
    [held],
  );
  const placeFrom = useCallback(
    async (number: number) => (await held?.found.find(number - 1, 1))?.position,
    [held],
  );
  if (!isOn || !held) {
    return undefined;
  }
  const { places } = held;
  // Before they are drawn, so that none of them is drawn as one that isn't loaded.
  places.addLatest();
  const version = drawn + held.found.count;
  return { places, version, failure, show, placeFrom };
}
