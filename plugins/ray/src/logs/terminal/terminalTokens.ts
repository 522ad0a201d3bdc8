import { isHttpUrl } from '@ml-platform/rayjob';
import { INVISIBLE, visibleForm } from './invisible';

/** One piece of what a program wrote to a terminal. */
export type TerminalToken =
  | { readonly kind: 'text'; readonly text: string }
  /** The visible form of an invisible character. */
  | { readonly kind: 'control'; readonly text: string }
  | { readonly kind: 'style'; readonly sgr: string }
  /** Starts a link or, without `href`, ends it. */
  | { readonly kind: 'link'; readonly href?: string }
  /** Erase in line: 0 to the end, 1 to the start, 2 the whole line. */
  | { readonly kind: 'erase'; readonly mode: number }
  /** Moves the cursor to a column, counted from 0, or by a number of columns. */
  | { readonly kind: 'column'; readonly to: number }
  | { readonly kind: 'move'; readonly by: number }
  /** Moves the cursor to another line. The text so far can't change any more. */
  | { readonly kind: 'leave' };

/** One-character introducers of strings. A string ends before the next: it would be read again from each. */
const STRINGS = String.raw`\u0090\u0098\u009d-\u009f`;

/**
 * Control sequences of ECMA-48 and xterm. Only complete sequences count. If one is
 * cut off or malformed, its first character is shown and the rest is text.
 */
const CONTROL = new RegExp(
  [
    // Control sequences: parameters, intermediate bytes, final byte. A space is
    // also an intermediate byte, but only cursor shapes use it.
    String.raw`(?:\u001b\[|\u009b)(?:(?<params>[0-?]*)[!-/]*(?<final>[@-~])|[0-6]? q)`,
    // Operating system commands: titles, links, images.
    String.raw`(?:\u001b\]|\u009d)(?<command>[^\u0007\u001b\u009c${STRINGS}]*)(?:\u0007|\u001b\\|\u009c)`,
    // Strings for devices and applications.
    String.raw`(?:\u001b[PX^_]|[\u0090\u0098\u009e\u009f])[^\u001b\u009c${STRINGS}]*(?:\u001b\\|\u009c)`,
    // Character sets and single-character escapes.
    String.raw`\u001b(?:[#%(-+\-./][0-~]|(?<escape>[78=>cDEHMNOZno|}~\\]))`,
    String.raw`(?<invisible>${INVISIBLE})`,
  ].join('|'),
  'gu',
);

const PLAIN_ASCII = /^[\t\n -~]*$/;
const ANY_CONTROL = new RegExp(CONTROL, 'u');

/** Final bytes of sequences that move to other lines or change them. */
const LEAVES = new Set('ABEFHLMSTdefJ');
/** The most times that a character is repeated. */
const MOST_REPEATS = 200;

/** True if a line contains more than plain text. */
export function hasControls(line: string): boolean {
  return !PLAIN_ASCII.test(line) && ANY_CONTROL.test(line);
}

function sequenceToken(
  params: string,
  final: string,
  before: string,
): TerminalToken | undefined {
  if (/[<=>?]/.test(params)) {
    // Private sequences set modes and keys, which a log doesn't have.
    return undefined;
  }
  const count = Math.max(1, parseInt(params, 10) || 1);
  switch (final) {
    case 'm':
      return { kind: 'style', sgr: params };
    case 'K':
      return { kind: 'erase', mode: parseInt(params, 10) || 0 };
    case 'G':
    case '`':
      return { kind: 'column', to: count - 1 };
    case 'C':
    case 'a':
      return { kind: 'move', by: count };
    case 'D':
      return { kind: 'move', by: -count };
    case 'b':
      return {
        kind: 'text',
        text: before.repeat(Math.min(count, MOST_REPEATS)),
      };
    case 'J':
      return /^0?$/.test(params)
        ? { kind: 'erase', mode: 0 }
        : { kind: 'leave' };
    default:
      return LEAVES.has(final) ? { kind: 'leave' } : undefined;
  }
}

/** Start or end of a link: `8;parameters;address`. */
function commandToken(command: string): TerminalToken | undefined {
  const address = /^8;[^;]*;(.*)$/s.exec(command)?.[1];
  if (address === undefined) {
    return undefined;
  }
  return isSafe(address)
    ? { kind: 'link', href: new URL(address).href }
    : { kind: 'link' };
}

/** True for a web address without a user name, which could imitate another host. */
function isSafe(address: string): boolean {
  if (!isHttpUrl(address)) {
    return false;
  }
  const { username, password } = new URL(address);
  return username === '' && password === '';
}

function tokenOf(
  match: RegExpMatchArray,
  before: string,
): TerminalToken | undefined {
  const { params, final, command, escape, invisible } = match.groups ?? {};
  if (final !== undefined) {
    return sequenceToken(params ?? '', final, before);
  }
  if (command !== undefined) {
    return commandToken(command);
  }
  if (escape !== undefined) {
    return 'cDEM'.includes(escape) ? { kind: 'leave' } : undefined;
  }
  switch (invisible) {
    case undefined:
      return undefined;
    case '\r':
      return { kind: 'column', to: 0 };
    case '\b':
      return { kind: 'move', by: -1 };
    default:
      return { kind: 'control', text: visibleForm(invisible) };
  }
}

/** Splits a line into tokens. Keeps all of its text. */
export function terminalTokens(line: string): TerminalToken[] {
  const tokens: TerminalToken[] = [];
  let end = 0;
  let before = '';
  const push = (token: TerminalToken | undefined) => {
    if (token) {
      tokens.push(token);
      before = token.kind === 'text' ? ([...token.text].pop() ?? '') : before;
    }
  };
  for (const match of line.matchAll(CONTROL)) {
    if (match.index > end) {
      push({ kind: 'text', text: line.slice(end, match.index) });
    }
    end = match.index + match[0].length;
    push(tokenOf(match, before));
  }
  if (end < line.length) {
    push({ kind: 'text', text: line.slice(end) });
  }
  return tokens;
}
