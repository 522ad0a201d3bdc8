/** A color: one of the terminal's 16 named colors, or another one by its value. */
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

/** The style after a reset. It is always the same object, so that you can compare it. */
export const PLAIN: TextStyle = Object.freeze({});

/** A piece of text with one style. */
export interface StyledText {
  readonly text: string;
  readonly style: TextStyle;
  /** Address of a link, always http or https. */
  readonly href?: string;
  /** True for the visible form of an invisible character. */
  readonly control?: boolean;
}
