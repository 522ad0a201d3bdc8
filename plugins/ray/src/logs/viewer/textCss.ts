import type { CSSProperties } from 'react';
import type { StyledText, TextColor } from '../terminal/TextStyle';
import { readableColor } from './readableColor';

/** Colors of the log in both themes: terminal colors need a dark background. */
export const LOG_COLORS = {
  background: '#0d1117',
  text: '#d8dee6',
  muted: '#8b96a3',
  line: '#21262d',
  hover: '#161b22',
  selection: '#1f3a5f',
  match: '#8a6d00',
  current: '#d29922',
  link: '#79b8ff',
} as const;

/** The 16 named colors for text. All except black have a contrast of at least 4.5:1. */
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

/** As a background, black is darker than as a text. */
function backgroundCss(color: TextColor | undefined): string | undefined {
  return color?.kind === 'named' && color.index === 0 ? '#000000' : css(color);
}

/** For the visible form of an invisible character. */
const CONTROL: CSSProperties = {
  margin: '0 1px',
  borderRadius: 3,
  color: '#f0bd55',
  background: '#3a2e12',
};

/**
 * The look of a piece of a line. Undefined for plain text, which doesn't need its
 * own element. A program can choose colors but can't make its text unreadable, so
 * hidden text is only dim.
 */
export function textCss({
  style,
  control,
}: Pick<StyledText, 'style' | 'control'>): CSSProperties | undefined {
  if (control) {
    return CONTROL;
  }
  let front = css(style.color);
  let back = backgroundCss(style.background);
  if (style.inverse) {
    [front, back] = [back ?? LOG_COLORS.background, front ?? LOG_COLORS.text];
  }
  if (front || back) {
    front = readableColor(
      front ?? LOG_COLORS.text,
      back ?? LOG_COLORS.background,
    );
  }
  const lines = [
    style.underline && 'underline',
    style.strike && 'line-through',
  ].filter(Boolean);
  const result: CSSProperties = {
    ...(front && { color: front }),
    ...(back && { background: back }),
    ...(style.bold && { fontWeight: 700 }),
    ...((style.dim || style.hidden) && { opacity: 0.65 }),
    ...(style.italic && { fontStyle: 'italic' }),
    ...(lines.length > 0 && { textDecoration: lines.join(' ') }),
  };
  return Object.keys(result).length > 0 ? result : undefined;
}
