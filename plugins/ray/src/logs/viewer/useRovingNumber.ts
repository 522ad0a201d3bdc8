import { useCallback, useState, type KeyboardEvent } from 'react';

/** The next row in a direction that is a line. */
function nextLine(row: Element, by: 1 | -1): HTMLElement | undefined {
  let next: Element | null = row;
  do {
    next = by > 0 ? next.nextElementSibling : next.previousElementSibling;
  } while (next && !next.hasAttribute('data-line'));
  return next instanceof HTMLElement ? next : undefined;
}

export interface RovingNumber {
  /** Number of the line that was reached last. */
  readonly number?: number;
  readonly onFocus: (number: number) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

/**
 * Line numbers by keyboard: one of them can be reached with Tab, the others from there with the
 * arrow keys. With Shift they select the lines on their way. The arrows to the right and to the
 * left open and close what is folded in a line.
 */
export function useRovingNumber(
  onNumber: (number: number, extend: boolean) => void,
): RovingNumber {
  const [number, setNumber] = useState<number>();
  const onKeyDown = useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      const { key, shiftKey, currentTarget } = event;
      const row = currentTarget.closest('[data-line]');
      if (row && (key === 'ArrowRight' || key === 'ArrowLeft')) {
        const isOpen = `${key === 'ArrowLeft'}`;
        const selector = `button[aria-expanded="${isOpen}"]`;
        const button = row.querySelector<HTMLElement>(selector);
        if (button) {
          event.preventDefault();
          button.click();
        }
      } else if (row && (key === 'ArrowDown' || key === 'ArrowUp')) {
        event.preventDefault();
        const line = nextLine(row, key === 'ArrowDown' ? 1 : -1);
        line?.querySelector<HTMLElement>('button[data-number]')?.focus();
        if (line && shiftKey) {
          onNumber(Number(line.dataset.line), true);
        }
      }
    },
    [onNumber],
  );
  return { number, onFocus: setNumber, onKeyDown };
}
