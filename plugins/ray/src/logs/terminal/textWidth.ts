const ASCII = /^[\u0020-\u007e]*$/;
const TAB = 8;

/** East Asian wide and full-width characters, and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const COMBINING = /\p{Mark}|[\u200b-\u200d\ufe0f]/u;

/** Columns that a text takes in a terminal. Exact only for plain ASCII. */
export function textWidth(text: string): number {
  if (ASCII.test(text)) {
    return text.length;
  }
  let width = 0;
  for (const char of text) {
    if (char === '\t') {
      width += TAB - (width % TAB);
    } else if (WIDE.test(char)) {
      width += 2;
    } else if (!COMBINING.test(char)) {
      width += 1;
    }
  }
  return width;
}
