import type { LogLevel } from '@ml-platform/backstage-plugin-ray-common';
import { linePattern } from './linePattern';
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
 * @throws as {@link linePattern} does
 */
export function lineMatcher(query: LineQuery): LineMatcher {
  const { q = '', regex = false, matchCase = false, level } = query;
  const { orWorse = false } = query;
  const needed = neededTest(query);
  const fits = regex && q !== '' ? linePattern(q, matchCase) : ANY;
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
