import { useEffect, useState } from 'react';
import type { LineQuery } from '../../api/LogApi';
import { findNothing, textFinder, type FindRanges } from '../file/findRanges';

/**
 * Finds a pattern in texts, with the engine that the backend uses, in time that grows with
 * the text only. It is loaded when somebody asks for a pattern.
 */
async function patternFinder(
  pattern: string,
  matchCase: boolean,
): Promise<FindRanges> {
  const { RE2JS } = await import('re2js');
  const flags = matchCase ? 0 : RE2JS.CASE_INSENSITIVE;
  const compiled = RE2JS.compile(pattern, flags);
  return text => {
    const ranges = [];
    const matcher = compiled.matcher(text);
    while (matcher.find()) {
      if (matcher.end() > matcher.start()) {
        ranges.push({ start: matcher.start(), end: matcher.end() });
      }
    }
    return ranges;
  };
}

/** What finds in the text of a line what a search found. */
export function usePattern({
  q = '',
  regex = false,
  matchCase = false,
}: LineQuery): FindRanges {
  const [find, setFind] = useState<FindRanges>(() => findNothing);
  useEffect(() => {
    let isCurrent = true;
    const use = (next: FindRanges) => isCurrent && setFind(() => next);
    if (regex && q) {
      // What isn't a pattern finds nothing; the backend says what is wrong with it.
      patternFinder(q, matchCase).then(use, () => use(findNothing));
    } else {
      use(textFinder(q, matchCase));
    }
    return () => {
      isCurrent = false;
    };
  }, [q, regex, matchCase]);
  return find;
}
