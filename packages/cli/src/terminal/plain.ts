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
