/* eslint-disable no-control-regex -- these are the characters to be found */

/** Escape sequences, and characters that move the cursor or ring the bell. */
const CONTROL =
  /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[@-_]|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/**
 * Text of the cluster, without what a terminal would obey. Line ends and tabs
 * become blanks: it stays in its row.
 */
export function plain(text: string): string {
  return text.replace(CONTROL, '').replace(/[\t\n]+/g, ' ');
}

/** Escape sequences: of a window or a device, of two characters, or in brackets. */
const SEQUENCES =
  /\u001b[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b\[[0-?]*[ -/]*[@-~]|\u001b[@-Z\\^-~]?/g;
const COLOR = /^\u001b\[[\d;:]*m$/;
/** But for tabs, and for carriage returns, which bars of progress are drawn by. */
const OTHERS =
  /[\u0000-\u0008\u000a-\u000c\u000e-\u001a\u001c-\u001f\u007f-\u009f]/g;

/**
 * A line of a log for a terminal: its colours stay, and what could do more than
 * that, as setting a title or the clipboard, goes.
 */
export function coloredOnly(line: string): string {
  return line
    .replace(SEQUENCES, sequence => (COLOR.test(sequence) ? sequence : ''))
    .replace(OTHERS, '');
}
