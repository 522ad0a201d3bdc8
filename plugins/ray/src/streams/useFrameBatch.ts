import { useEffect, useMemo, useRef } from 'react';

/** Collects what comes within one frame, so that a burst costs one render. */
export interface FrameBatch<T> {
  push(item: T): void;
  /** Forgets what has not been handed on. */
  clear(): void;
}

/** A batch that hands its items to the newest `flush` once a frame. */
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
