import { useCallback, useState } from 'react';
import type { FindRanges } from '../file/findRanges';
import { lineTexts, type LineTexts } from '../file/lineTexts';
import type { LineEntry } from '../file/LogEntry';

export interface JsonLinesView {
  /** Numbers of the lines whose object is shown. */
  readonly opened: ReadonlySet<number>;
  readonly toggle: (number: number) => void;
  readonly textsOf: (line: LineEntry) => LineTexts;
}

/** Which lines of JSON are open. At first, none is. */
export function useJsonLines(find: FindRanges): JsonLinesView {
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const toggle = useCallback(
    (number: number) =>
      setOpened(current => {
        const next = new Set(current);
        return next.delete(number) ? next : next.add(number);
      }),
    [],
  );
  const textsOf = useCallback(
    (line: LineEntry) => lineTexts(line, opened.has(line.number), find),
    [opened, find],
  );
  return { opened, toggle, textsOf };
}
