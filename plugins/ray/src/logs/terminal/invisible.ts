/**
 * Invisible characters, which can hide or reorder the text around them: controls,
 * line separators, bidirectional controls, lone surrogates, and what Unicode calls
 * default ignorable. Without those that an emoji or a script needs in that place.
 */
const NEEDED = [
  // A variation selector after a visible character.
  String.raw`(?<=[\p{L}\p{N}\p{P}\p{S}\p{M}])[\ufe00-\ufe0f\u180b-\u180d\u180f\u{e0100}-\u{e01ef}]`,
  // A joiner between emoji.
  String.raw`(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d(?=\p{Extended_Pictographic})`,
  // Joiners and non-joiners in scripts with joined letters.
  String.raw`(?<=[\p{scx=Arab}\p{scx=Syrc}\p{scx=Nkoo}\p{scx=Mong}\p{M}])[\u200c\u200d]`,
  // Tags that name a region after a flag.
  String.raw`(?<=\u{1f3f4}[\u{e0020}-\u{e007e}]{0,8})[\u{e0020}-\u{e007f}]`,
].join('|');

/** Source of a regular expression with the flag `u`. Tabs and line feeds count as text. */
export const INVISIBLE = String.raw`[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufff9-\ufffb\p{Cs}]|(?!${NEEDED})\p{DI}`;

/** Names of the ASCII control characters, in order. */
const NAMES =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  );

/**
 * The visible form of an invisible character: `<NUL>` or `<U+202E>`. Unicode also
 * has pictures of control characters, but many fonts don't.
 */
export function visibleForm(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const name = code === 0x7f ? 'DEL' : NAMES[code];
  return `<${name ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`}>`;
}
