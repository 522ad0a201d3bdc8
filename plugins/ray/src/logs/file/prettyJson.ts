/** Lines of an object at most. */
const MOST_LINES = 1_000;
/** Levels that are indented; deeper ones stand below each other. */
const MOST_LEVELS = 20;
const INDENT = '  ';
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s"{}[\],:]+/gs;
const REST = '… The line has more. Copy it to see all of it.';

/**
 * JSON over several lines. Texts and numbers stay as they are written, and effort and result
 * are bounded, however large or deep it is.
 *
 * @param json - a text that `JSON.parse` takes
 */
export function prettyJson(json: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let level = 0;
  let isEmpty = false;
  const end = () => {
    lines.push(line);
    line = INDENT.repeat(Math.min(level, MOST_LEVELS));
  };
  for (const [token] of json.matchAll(TOKEN)) {
    const closes = token === '}' || token === ']';
    if (lines.length >= MOST_LINES) {
      return [...lines, REST];
    }
    if (closes) {
      level -= 1;
    }
    if (closes !== isEmpty) {
      end();
    }
    isEmpty = token === '{' || token === '[';
    line += token === ':' ? ': ' : token;
    if (isEmpty) {
      level += 1;
    } else if (token === ',') {
      end();
    }
  }
  return [...lines, line];
}
