/**
 * Characters that show nothing themselves and so can hide, or turn round, what
 * stands beside them: controls, separators of lines, bidirectional controls,
 * lone surrogates, and what Unicode calls default ignorable. Those that a script
 * or an emoji needs where they stand are left alone.
 */
const NEEDED = [
  // A variation selector after what it varies.
  String.raw`(?<=[\p{L}\p{N}\p{P}\p{S}\p{M}])[\ufe00-\ufe0f\u180b-\u180d\u180f\u{e0100}-\u{e01ef}]`,
  // Joined emoji.
  String.raw`(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d(?=\p{Extended_Pictographic})`,
  // Letters that join, or may not, in the scripts that do so.
  String.raw`(?<=[\p{scx=Arab}\p{scx=Syrc}\p{scx=Nkoo}\p{scx=Mong}\p{M}])[\u200c\u200d]`,
  // The name of a region after its flag.
  String.raw`(?<=\u{1f3f4}[\u{e0020}-\u{e007e}]{0,8})[\u{e0020}-\u{e007f}]`,
].join('|');

/** Source of a regular expression with the flag `u`; a tab and a line feed are text. */
export const INVISIBLE = String.raw`[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufff9-\ufffb\p{Cs}]|(?!${NEEDED})\p{DI}`;

/** A character that shows nothing, in visible form: `␀`, or `<U+202E>`. */
export function visibleForm(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x20) {
    return String.fromCodePoint(0x2400 + code);
  }
  return code === 0x7f
    ? '␡'
    : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}
