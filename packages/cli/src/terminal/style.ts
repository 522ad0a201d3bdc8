import { styleText } from 'node:util';
import type { Io, Output } from './Io';

export type Style = Parameters<typeof styleText>[0];

/**
 * Whether a stream takes colour: a terminal, unless the environment says otherwise.
 *
 * Source: no-color.org, force-color.org.
 */
export function hasColor(output: Output, env: Io['env']): boolean {
  if (env.NO_COLOR) {
    return false;
  }
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0') {
    return true;
  }
  return Boolean(output.isTTY) && env.TERM !== 'dumb';
}

/** Paints text for a stream; leaves it alone where the stream takes no colour. */
export function painter(output: Output, env: Io['env']) {
  const colored = hasColor(output, env);
  return (style: Style, text: string): string =>
    colored ? styleText(style, text, { validateStream: false }) : text;
}
