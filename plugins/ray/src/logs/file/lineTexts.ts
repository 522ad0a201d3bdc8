import { plainText } from '../terminal/drawLine';
import type { FindRanges } from './findRanges';
import { jsonLine } from './jsonLine';
import type { LineEntry } from './LogEntry';
import { prettyJson } from './prettyJson';

export interface LineTexts {
  /** The line itself, or what stands for it. */
  readonly line: string;
  /** What is shown below it. */
  readonly below: readonly string[];
}

/**
 * What is shown of a line. Of JSON, this is a summary, and below it the whole object where it is
 * open. What a search has found stays to be seen: such a line is shown as it is.
 */
export function lineTexts(
  entry: LineEntry,
  isOpen: boolean,
  find: FindRanges,
): LineTexts {
  const { text } = entry;
  const json = jsonLine(entry);
  if (!json) {
    return { line: text, below: [] };
  }
  const isFound = find(plainText(text)).length > 0;
  return {
    line: isFound ? text : (json.summary ?? text),
    below: isOpen ? prettyJson(text) : [],
  };
}
