import { useEffect, useState } from 'react';

/** Milliseconds after the last key before the search is made. */
const WAIT_MS = 250;

/** Text of a search field that tells of itself once the typing rests. */
export function useSearchText(
  value: string,
  onSearch: (text: string) => void,
): [string, (text: string) => void] {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) {
      return undefined;
    }
    const timer = setTimeout(() => onSearch(text), WAIT_MS);
    return () => clearTimeout(timer);
    // Only typing starts the wait, not a new callback.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [text]);
  return [text, setText];
}
