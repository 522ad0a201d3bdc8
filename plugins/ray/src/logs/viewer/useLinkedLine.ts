import { useCallback, useEffect, useReducer, useRef } from 'react';
import type { LogFile } from '../file/LogFile';
import type { LineRange } from './useLineSelection';

export interface LinkedLine {
  /** Goes to a line once it is there. */
  readonly open: (number: number) => void;
  /** Why the selected lines aren't there, where they aren't. */
  readonly absent?: string;
}

/** Goes to the line that the page was opened with, and to others, once they are there. */
export function useLinkedLine(options: {
  readonly file: LogFile;
  readonly version: number;
  readonly range?: LineRange;
  readonly goTo: (number: number) => void;
}): LinkedLine {
  const { file, version, range, goTo } = options;
  const linked = useRef(range?.from);
  const [asked, draw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const wanted = linked.current;
    if (wanted !== undefined && file.seqOfLine(wanted) !== undefined) {
      linked.current = undefined;
      goTo(wanted);
    }
  }, [file, version, goTo, asked]);
  const open = useCallback((number: number) => {
    linked.current = number;
    draw();
  }, []);

  const isThere = !range || file.seqOfLine(range.from) !== undefined;
  return { open, absent: isThere ? undefined : file.whyAbsent(range.from) };
}
