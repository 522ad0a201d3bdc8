import { useEffect, useMemo, useRef } from 'react';

/** Collects the items of one frame, so that a burst causes only one render. */
export interface FrameBatch<T> {
  push(item: T): void;
  /** Drops the collected items. */
  clear(): void;
}

/** A batch that passes its items to the newest `flush` once per frame. */
export function useFrameBatch<T>(
  flush: (items: readonly T[]) => void,
): FrameBatch<T> {
  const latest = useRef(flush);
  useEffect(() => {
    latest.current = flush;
  }, [flush]);
  const batch = useMemo(() => {
    let items: T[] = [];
    let frame: number | undefined;
    return {
      push(item: T) {
        items.push(item);
        frame ??= requestAnimationFrame(() => {
          const ready = items;
          items = [];
          frame = undefined;
          latest.current(ready);
        });
      },
      clear() {
        items = [];
        if (frame !== undefined) {
          cancelAnimationFrame(frame);
          frame = undefined;
        }
      },
    };
  }, []);
  useEffect(() => () => batch.clear(), [batch]);
  return batch;
}
