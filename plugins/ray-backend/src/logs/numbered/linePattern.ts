import { InputError } from '@backstage/errors';
import { LONGEST_LINE_SEARCH } from '@ml-platform/backstage-plugin-ray-common';
import { RE2JS } from 're2js';
import { patternSize } from './patternSize';

/** Largest pattern, with its counts written out; one without counts isn't larger. */
const LARGEST = LONGEST_LINE_SEARCH;
/**
 * Characters of a line that are looked at, times what each may take: RE2JS takes about 0.1
 * microseconds for each part of the compiled pattern and as much as for 60 of them to begin
 * with, at worst, and can't be interrupted.
 */
const MOST_WORK = 200_000;
const EACH = 60;

/**
 * Makes the test whether a line has a pattern of RE2. It looks at the beginning of a line:
 * some 2,500 characters of it for a short pattern, and 200 for the largest. Whatever pattern
 * and line are, it takes some 20 milliseconds at most.
 *
 * @throws {InputError} when it isn't a pattern, or too large a one
 */
export function linePattern(
  pattern: string,
  matchCase: boolean,
): (text: string) => boolean {
  const size = patternSize(pattern);
  if (size > LARGEST) {
    throw new InputError(
      `q is too large for a regular expression: with its counts written out, it has ${size} parts, and may have ${LARGEST}. Use * or + rather than large counts, as in {1,1000}`,
    );
  }
  try {
    const compiled = RE2JS.compile(
      pattern,
      matchCase ? 0 : RE2JS.CASE_INSENSITIVE,
    );
    const longest = Math.floor(MOST_WORK / (EACH + compiled.programSize()));
    return text => compiled.test(text.slice(0, longest));
  } catch (error) {
    throw new InputError(
      `q isn't a regular expression that can be searched for: ${error instanceof Error ? error.message : error}. Look-arounds and back-references aren't supported; without regex=true, q is searched for as text`,
    );
  }
}
