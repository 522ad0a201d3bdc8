import stringWidth from 'string-width';

/** Letters of which each takes one place; the library takes its time to say so. */
const NARROW = /^[\u0020-\u007e]*$/;

/** Columns of a terminal that a text takes. */
export function textWidth(text: string): number {
  return NARROW.test(text) ? text.length : stringWidth(text);
}

/** The start of a text that has at most so many columns. */
export function cutText(text: string, columns: number): string {
  if (textWidth(text) <= columns) {
    return text;
  }
  let width = 0;
  let kept = '';
  for (const character of text) {
    width += textWidth(character);
    if (width >= columns) {
      break;
    }
    kept += character;
  }
  return `${kept}…`;
}
