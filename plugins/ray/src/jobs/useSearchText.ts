import { useCallback, useEffect, useState } from 'react';
import { SEARCH_MAX_LENGTH } from '../api/JobListRequest';

/** Milliseconds between the last key and the search. */
const WAIT_MS = 250;

export interface SearchText {
  readonly text: string;
  readonly setText: (text: string) => void;
  /** True if the last change was too long for a search and was cut. */
  readonly cut: boolean;
}

/** A text, cut to the length that a search can have. */
export function searchable(text: string): string {
  return text.length <= SEARCH_MAX_LENGTH
    ? text
    : // No half of a character remains at the end.
      text.slice(0, SEARCH_MAX_LENGTH).replace(/[\ud800-\udbff]$/, '');
}

/** Text of a search field. Searches when the user stops typing. */
export function useSearchText(
  value: string,
  onSearch: (text: string) => void,
): SearchText {
  const [text, setWhole] = useState(value);
  const [cut, setCut] = useState(false);
  const setText = useCallback((whole: string) => {
    setCut(whole.length > SEARCH_MAX_LENGTH);
    setWhole(searchable(whole));
  }, []);
  useEffect(() => setWhole(value), [value]);
  useEffect(() => {
    if (text === value) {
      return undefined;
    }
    const timer = setTimeout(() => onSearch(text), WAIT_MS);
    return () => clearTimeout(timer);
    // Only typing starts the timer, not a new callback.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [text]);
  return { text, setText, cut };
}
