/** A color: one of the terminal's 16, or any other by its value. */
export type TextColor =
  | { readonly kind: 'named'; readonly index: number }
  | { readonly kind: 'rgb'; readonly value: string };

/** How a terminal would draw a piece of text. */
export interface TextStyle {
  readonly color?: TextColor;
  readonly background?: TextColor;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly strike?: boolean;
  readonly inverse?: boolean;
  readonly hidden?: boolean;
}

/** The terminal's style after a reset. One object, so that it can be compared. */
export const PLAIN: TextStyle = Object.freeze({});

/** A stretch of text that is drawn in one way. */
export interface StyledText {
  readonly text: string;
  readonly style: TextStyle;
  /** Page that the text leads to: an http or https address. */
  readonly href?: string;
  /** True for a character that shows nothing itself, in visible form. */
  readonly control?: boolean;
}
