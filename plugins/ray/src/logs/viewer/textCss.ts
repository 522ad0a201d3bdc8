import type { CSSProperties } from 'react';
import type { TextColor, TextStyle } from '../terminal/TextStyle';

/** Surface of the log, in both themes: terminal colours are made for a dark one. */
export const LOG_COLORS = {
  background: '#0d1117',
  text: '#d8dee6',
  muted: '#8b96a3',
  line: '#21262d',
  selection: '#1f3a5f',
  match: '#8a6d00',
  current: '#d29922',
} as const;

/** The 16 named colours, each at least 4.5:1 on the surface but for black. */
const NAMED = [
  '#6e7681',
  '#ff7b72',
  '#56d364',
  '#e3b341',
  '#79b8ff',
  '#d2a8ff',
  '#56d4dd',
  '#d8dee6',
  '#8b949e',
  '#ffa198',
  '#7ee787',
  '#f2cc60',
  '#a5d6ff',
  '#e2c5ff',
  '#b3f0ff',
  '#ffffff',
] as const;

function css(color: TextColor | undefined): string | undefined {
  return color?.kind === 'named' ? NAMED[color.index] : color?.value;
}

/** The style as CSS; undefined for plain text, which needs no element of its own. */
export function textCss(style: TextStyle): CSSProperties | undefined {
  const { background, color } = style;
  let front = css(color);
  let back = css(background);
  if (style.inverse) {
    [front, back] = [back ?? LOG_COLORS.background, front ?? LOG_COLORS.text];
  }
  const lines = [
    style.underline && 'underline',
    style.strike && 'line-through',
  ].filter(Boolean);
  const result: CSSProperties = {
    ...(front && { color: front }),
    ...(back && { background: back }),
    ...(style.bold && { fontWeight: 700 }),
    ...(style.dim && { opacity: 0.65 }),
    ...(style.italic && { fontStyle: 'italic' }),
    ...(lines.length > 0 && { textDecoration: lines.join(' ') }),
    ...(style.hidden && { visibility: 'hidden' }),
  };
  return Object.keys(result).length > 0 ? result : undefined;
}
