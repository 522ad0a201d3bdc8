const isHidden = () => document.visibilityState === 'hidden';

/** Resolves when the page is visible, or when the signal is aborted. */
export function untilVisible(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const look = () => {
      if (!isHidden() || signal.aborted) {
        document.removeEventListener('visibilitychange', look);
        signal.removeEventListener('abort', look);
        resolve();
      }
    };
    document.addEventListener('visibilitychange', look);
    signal.addEventListener('abort', look);
    look();
  });
}

/**
 * Calls `onHidden` when the page has been hidden for `ms` milliseconds.
 * @returns a function that stops watching
 */
export function watchHidden(ms: number, onHidden: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(timer);
    if (isHidden()) {
      timer = setTimeout(onHidden, ms);
    }
  };
  document.addEventListener('visibilitychange', look);
  look();
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', look);
  };
}
