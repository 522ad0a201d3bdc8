/** One piece of what a program wrote to a terminal. */
export type TerminalToken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'style'; readonly sgr: string }
  /** Erase in line: 0 to the end, 1 to the start, 2 the whole line. */
  | { readonly kind: 'erase'; readonly mode: number }
  /** Moves the cursor to a column, counted from 0, or by a number of columns. */
  | { readonly kind: 'column'; readonly to: number }
  | { readonly kind: 'move'; readonly by: number };

// ESC [ parameters final, ESC ] … BEL or ESC \, other two-character sequences,
// and the control characters that a line can hold.
const CONTROL =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /\u001b\[([0-9:;<=>?]*)[ -/]*([@-~])|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\|$)|\u001b[PX^_][^\u001b]*(?:\u001b\\|$)|\u001b[ -/]*[0-~]|[\u0000-\u0008\u000a-\u001f\u007f]/g;

// eslint-disable-next-line no-control-regex -- as above; a tab is text
const ANY_CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/** True when a line needs more than its characters. */
export function hasControls(line: string): boolean {
  return ANY_CONTROL.test(line);
}

function csiToken(params: string, final: string): TerminalToken | undefined {
  const count = Number(params || 1);
  switch (final) {
    case 'm':
      return { kind: 'style', sgr: params };
    case 'K':
      return { kind: 'erase', mode: Number(params || 0) };
    case 'G':
      return { kind: 'column', to: Math.max(0, count - 1) };
    case 'C':
      return { kind: 'move', by: count };
    case 'D':
      return { kind: 'move', by: -count };
    default:
      // What moves between lines has no meaning in a log of lines.
      return undefined;
  }
}

/** Takes a line apart; what a log can't show is left out. */
export function terminalTokens(line: string): TerminalToken[] {
  const tokens: TerminalToken[] = [];
  let end = 0;
  for (const match of line.matchAll(CONTROL)) {
    if (match.index > end) {
      tokens.push({ kind: 'text', text: line.slice(end, match.index) });
    }
    end = match.index + match[0].length;
    if (match[2] !== undefined) {
      const token = csiToken(match[1], match[2]);
      if (token) {
        tokens.push(token);
      }
    } else if (match[0] === '\r') {
      tokens.push({ kind: 'column', to: 0 });
    } else if (match[0] === '\b') {
      tokens.push({ kind: 'move', by: -1 });
    }
  }
  if (end < line.length) {
    tokens.push({ kind: 'text', text: line.slice(end) });
  }
  return tokens;
}
