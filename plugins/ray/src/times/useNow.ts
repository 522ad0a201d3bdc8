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

const current = () => (timer ? now : Math.floor(Date.now() / 1000) * 1000);

/**
 * The current time in milliseconds since the epoch. Updates each second while
 * `ticking`. The whole page shares one timer.
 */
export function useNow(ticking = true): number {
  return useSyncExternalStore(ticking ? subscribe : idle, current);
}

/**
 * What the current time says, for example how many minutes ago something was. While
 * `ticking`, it is read each second, and the component is drawn again only when it changed.
 */
export function useOfNow<T extends string | number>(
  read: (now: number) => T,
  ticking: boolean,
): T {
  return useSyncExternalStore(ticking ? subscribe : idle, () =>
    read(current()),
  );
}
