import { InputError } from '@backstage/errors';
import type { LogLevel } from '@ml-platform/backstage-plugin-ray-common';
import { RE2JS } from 're2js';
import { levelsFrom, logLevel } from './logLevel';
import { requiredTexts } from './requiredTexts';

/** What lines are searched for; all that is given has to hold. */
export interface LineQuery {
  /** Text, or with `regex` a regular expression in the syntax of RE2. */
  readonly q?: string;
  readonly regex?: boolean;
  readonly matchCase?: boolean;
  readonly level?: LogLevel;
  /** With a level: a more severe one will do too. */
  readonly orWorse?: boolean;
}

type Test = (text: string) => boolean;

export interface LineMatcher {
  /** Whether a line matches, by its text without its time. */
  readonly matches: Test;
  /** False for a text of several lines of which none can match. */
  readonly mayMatch: Test;
}

/** What colors a terminal. */
// eslint-disable-next-line no-control-regex -- that is what they begin with
const COLOR = /\x1b\[[0-9;:]*m/g;
const ANY: Test = () => true;

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/**
 * Time grows with the text and never more, whatever the pattern is.
 * @throws {InputError} when it isn't a pattern
 */
function patternTest(pattern: string, matchCase: boolean): Test {
  try {
    const compiled = RE2JS.compile(
      pattern,
      matchCase ? 0 : RE2JS.CASE_INSENSITIVE,
    );
    return text => compiled.test(text);
  } catch (error) {
    throw new InputError(
      `q isn't a regular expression that can be searched for: ${error instanceof Error ? error.message : error}. Look-arounds and back-references aren't supported; without regex=true, q is searched for as text`,
    );
  }
}

function levelTest(level: LogLevel, orWorse: boolean): Test {
  const levels = orWorse ? levelsFrom(level) : [level];
  return text => {
    const named = logLevel(text);
    return named !== undefined && levels.includes(named);
  };
}

/** Whether a text has one of these. */
function textTest(texts: readonly string[], matchCase: boolean): Test {
  const expression = new RegExp(
    texts.map(escaped).join('|'),
    matchCase ? 'u' : 'iu',
  );
  return text => expression.test(text);
}

/** Whether a text has all that a match of the query needs. */
function neededTest({ q = '', regex = false, matchCase = false }: LineQuery) {
  const clauses = regex ? requiredTexts(q) : [[q]];
  const tests = clauses.map(texts => textTest(texts, matchCase));
  return (text: string) => tests.every(test => test(text));
}

/**
 * Makes what tells the lines that are searched for from others.
 * @throws {InputError} when the query has no pattern that can be searched for
 */
export function lineMatcher(query: LineQuery): LineMatcher {
  const { q = '', regex = false, matchCase = false, level } = query;
  const { orWorse = false } = query;
  const needed = neededTest(query);
  const fits = regex && q !== '' ? patternTest(q, matchCase) : ANY;
  const hasLevel = level ? levelTest(level, orWorse) : ANY;
  return {
    matches: line => {
      // Colors part words from what is beside them.
      const text = line.includes('\x1b') ? line.replace(COLOR, '') : line;
      return needed(text) && fits(text) && hasLevel(text);
    },
    // A color can be anywhere in what is searched for.
    mayMatch: text => text.includes('\x1b') || needed(text),
  };
}
