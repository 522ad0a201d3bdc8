import { clearError, clearly, isUnreachable } from './clearError';

describe('clearError', () => {
  it.each([
    'Failed to fetch',
    'NetworkError when attempting to fetch resource.',
    'Load failed',
    'network error',
    'Error in input stream',
  ])('says what to do where a browser says "%s"', async words => {
    const raw = new TypeError(words);
    await expect(clearly(Promise.reject(raw))).rejects.toThrow(
      "The portal can't be reached. Check your connection, then try again.",
    );
    expect(isUnreachable(clearError(raw))).toBe(true);
  });

  it.each([
    new Error('no such job'),
    new TypeError('x is not a function'),
    new DOMException('The operation was aborted', 'AbortError'),
  ])('leaves other errors alone: %s', error => {
    expect(clearError(error)).toBe(error);
    expect(isUnreachable(error)).toBe(false);
  });
});
