/** Resolves once somebody looks at the page, or when the signal is aborted. */
export function untilVisible(signal: AbortSignal): Promise<void> {
  if (document.visibilityState !== 'hidden' || signal.aborted) {
    return Promise.resolve();
  }
  return new Promise(resolve => {
    const done = () => {
      if (document.visibilityState !== 'hidden' || signal.aborted) {
        document.removeEventListener('visibilitychange', done);
        signal.removeEventListener('abort', done);
        resolve();
      }
    };
    document.addEventListener('visibilitychange', done);
    signal.addEventListener('abort', done);
  });
}
