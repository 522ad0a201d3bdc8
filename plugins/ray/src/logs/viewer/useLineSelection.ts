import { useCallback, useMemo, useRef } from 'react';
import { useSearchParams } from 'react-router-dom';

/** A range of line numbers, with both ends included. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

function readRange(value: string | null): LineRange | undefined {
  const match = /^(\d+)(?:-(\d+))?$/.exec(value ?? '');
  if (!match) {
    return undefined;
  }
  const [from, to] = [Number(match[1]), Number(match[2] ?? match[1])];
  return { from: Math.min(from, to), to: Math.max(from, to) };
}

export interface LineSelection {
  readonly range?: LineRange;
  /**
   * Selects a line, or all from the one that was selected first to this one. Clears a selected
   * line.
   */
  readonly select: (number: number, extend: boolean) => void;
  /** Selects a line, and no other. */
  readonly choose: (number: number) => void;
  readonly clear: () => void;
}

/** The selected lines, kept in the address so that people can share a link to them. */
export function useLineSelection(): LineSelection {
  const [params, setParams] = useSearchParams();
  const value = params.get('line');
  const range = useMemo(() => readRange(value), [value]);

  const write = useCallback(
    (line: string | undefined) =>
      setParams(
        current => {
          const next = new URLSearchParams(current);
          next.delete('line');
          if (line) {
            next.set('line', line);
          }
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );

  /** The line that the selection began with. */
  const anchor = useRef<number>();
  const choose = useCallback(
    (number: number) => {
      anchor.current = number;
      write(String(number));
    },
    [write],
  );
  const select = useCallback(
    (number: number, extend: boolean) => {
      if (extend && range) {
        // Of a range that came with the address, it is the first line.
        const begin = range.to === anchor.current ? range.to : range.from;
        anchor.current = begin;
        write(`${Math.min(begin, number)}-${Math.max(begin, number)}`);
      } else if (range?.from === number && range.to === number) {
        write(undefined);
      } else {
        choose(number);
      }
    },
    [choose, range, write],
  );
  const clear = useCallback(() => write(undefined), [write]);
  return { range, select, choose, clear };
}
