import { useSyncExternalStore } from 'react';

let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!timer) {
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      listeners.forEach(each => each());
    }, 1000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

const idle = () => () => {};

/**
 * Milliseconds since the epoch, ticking each second while `ticking`: one timer
 * for the whole page, however many durations it shows.
 */
export function useNow(ticking = true): number {
  return useSyncExternalStore(ticking ? subscribe : idle, () =>
    timer ? now : Math.floor(Date.now() / 1000) * 1000,
  );
}
