import { useCallback, useMemo } from 'react';
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
  /** Selects a line, or extends the selection to it. Clears a selected line. */
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

  const select = useCallback(
    (number: number, extend: boolean) => {
      if (extend && range) {
        const from = Math.min(range.from, number);
        write(`${from}-${number > from ? number : range.to}`);
      } else if (range?.from === number && range.to === number) {
        write(undefined);
      } else {
        write(String(number));
      }
    },
    [range, write],
  );

  const choose = useCallback(
    (number: number) => write(String(number)),
    [write],
  );
  const clear = useCallback(() => write(undefined), [write]);
  return { range, select, choose, clear };
}
