/* eslint-disable no-control-regex -- control characters are what is looked for */

// ESC ] … or its one-character form, up to BEL or ST: titles and links.
const OSC =
  /(?:\u001b\]|\u009d)[^\u0007\u001b\u009c\n]*(?:\u0007|\u001b\\|\u009c)?/g;
// ESC [ … or its one-character form: colours and movements.
const CSI = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?/g;
const OTHER_ESCAPE = /\u001b[ -/]*[0-~]?/g;
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
/** They turn the text that follows round. */
const DIRECTION = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text without escape codes, control characters and marks of direction. */
export function plainText(text: string): string {
  return text
    .replace(OSC, '')
    .replace(CSI, '')
    .replace(OTHER_ESCAPE, '')
    .replace(CONTROL, '')
    .replace(DIRECTION, '');
}

/** The lines that a terminal would show in the end: a `\r` writes over a line. */
export function plainLines(text: string): string[] {
  return plainText(text)
    .split(/\r?\n/)
    .map(line => line.split('\r').filter(Boolean).pop() ?? '');
}

/** One line of at most so many characters. */
export function shorten(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
