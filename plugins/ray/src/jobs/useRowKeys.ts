import { useCallback, type KeyboardEvent } from 'react';

const STEP: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  j: 1,
  k: -1,
};

/** Moves the focus between the rows' links with the arrow keys, or j and k. */
export function useRowKeys(): (event: KeyboardEvent<HTMLElement>) => void {
  return useCallback(event => {
    const step = STEP[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const links = [
      ...event.currentTarget.querySelectorAll<HTMLElement>('tr[data-job] a'),
    ];
    const row = (event.target as HTMLElement).closest('tr');
    const at = links.findIndex(link => link.closest('tr') === row);
    const next = links[at + step];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }, []);
}
