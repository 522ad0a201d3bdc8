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

/** Names of the control characters of ASCII, in their order. */
const NAMES =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  );

/**
 * A character that shows nothing, in visible form: `<NUL>` or `<U+202E>`. Not as
 * one of Unicode's pictures of controls, which many fonts don't have.
 */
export function visibleForm(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const name = code === 0x7f ? 'DEL' : NAMES[code];
  return `<${name ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`}>`;
}
