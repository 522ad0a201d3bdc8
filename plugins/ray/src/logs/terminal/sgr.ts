import { PLAIN, type TextColor, type TextStyle } from './TextStyle';

const CUBE = [0, 95, 135, 175, 215, 255];

const hex = (value: number) => value.toString(16).padStart(2, '0');

/** A color of xterm's palette of 256 colors. */
function paletteColor(index: number): TextColor | undefined {
  if (!Number.isInteger(index) || index < 0 || index > 255) {
    return undefined;
  }
  if (index < 16) {
    return { kind: 'named', index };
  }
  if (index < 232) {
    const cube = index - 16;
    const parts = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6];
    return {
      kind: 'rgb',
      value: `#${parts.map(part => hex(CUBE[part])).join('')}`,
    };
  }
  const gray = hex(8 + (index - 232) * 10);
  return { kind: 'rgb', value: `#${gray}${gray}${gray}` };
}

function trueColor(parts: readonly number[]): TextColor | undefined {
  return parts.length === 3 && parts.every(part => part >= 0 && part <= 255)
    ? { kind: 'rgb', value: `#${parts.map(hex).join('')}` }
    : undefined;
}

/** Reads `5;n` or `2;r;g;b`. Also returns the number of parameters read. */
function extendedColor(params: readonly number[]): {
  color?: TextColor;
  taken: number;
} {
  switch (params[0]) {
    case 5:
      return { color: paletteColor(params[1]), taken: 2 };
    case 2:
      return { color: trueColor(params.slice(1, 4)), taken: 4 };
    default:
      return { taken: 1 };
  }
}

function without(style: TextStyle, ...keys: (keyof TextStyle)[]): TextStyle {
  const rest: Partial<Record<keyof TextStyle, unknown>> = { ...style };
  keys.forEach(key => delete rest[key]);
  return Object.keys(rest).length === 0 ? PLAIN : (rest as TextStyle);
}

function attribute(style: TextStyle, code: number): TextStyle {
  switch (code) {
    case 0:
      return PLAIN;
    case 1:
      return { ...style, bold: true };
    case 2:
      return { ...style, dim: true };
    case 3:
      return { ...style, italic: true };
    case 4:
    case 21:
      return { ...style, underline: true };
    case 7:
      return { ...style, inverse: true };
    case 8:
      return { ...style, hidden: true };
    case 9:
      return { ...style, strike: true };
    case 22:
      return without(style, 'bold', 'dim');
    case 23:
      return without(style, 'italic');
    case 24:
      return without(style, 'underline');
    case 27:
      return without(style, 'inverse');
    case 28:
      return without(style, 'hidden');
    case 29:
      return without(style, 'strike');
    case 39:
      return without(style, 'color');
    case 49:
      return without(style, 'background');
    default:
      return style;
  }
}

const named = (index: number): TextColor => ({ kind: 'named', index });

/**
 * The style after a "select graphic rendition" sequence, given the text between
 * `ESC [` and `m`. Unknown parameters change nothing.
 *
 * Source: ECMA-48 8.3.117, ITU-T T.416 for the forms with colons.
 */
export function applySgr(style: TextStyle, sequence: string): TextStyle {
  let result = style;
  const groups = sequence.split(';');
  for (let i = 0; i < groups.length; i += 1) {
    const group = groups[i];
    const code = Number(group.split(':')[0] || 0);
    if (code === 38 || code === 48) {
      const key = code === 38 ? 'color' : 'background';
      if (group.includes(':')) {
        const parts = group.split(':').slice(1);
        // `38:2::r:g:b` has a color space before the color. It is usually empty.
        const numbers = (
          parts[0] === '2' && parts.length > 4
            ? [parts[0], ...parts.slice(2)]
            : parts
        ).map(Number);
        const { color } = extendedColor(numbers);
        result = color ? { ...result, [key]: color } : result;
      } else {
        const { color, taken } = extendedColor(
          groups.slice(i + 1, i + 5).map(Number),
        );
        result = color ? { ...result, [key]: color } : result;
        i += taken;
      }
    } else if (group.startsWith('4:')) {
      result =
        group === '4:0'
          ? without(result, 'underline')
          : { ...result, underline: true };
    } else if (code >= 30 && code <= 37) {
      result = { ...result, color: named(code - 30) };
    } else if (code >= 40 && code <= 47) {
      result = { ...result, background: named(code - 40) };
    } else if (code >= 90 && code <= 97) {
      result = { ...result, color: named(code - 82) };
    } else if (code >= 100 && code <= 107) {
      result = { ...result, background: named(code - 92) };
    } else {
      result = attribute(result, code);
    }
  }
  return result;
}
