import { Help } from 'commander';
import { plain } from '../terminal/plain';
import { painter, type Style } from '../terminal/style';
import type { Io } from '../terminal/Io';
import { table } from './table';

/** How one part of something is. */
export interface CheckRow {
  readonly part: string;
  readonly result: 'ok' | 'warn' | 'fail' | 'unknown';
  readonly detail: string;
}

const STYLES: Readonly<Record<CheckRow['result'], Style>> = {
  ok: 'green',
  warn: 'yellow',
  fail: 'red',
  unknown: 'gray',
};

/** Parts with how they are; the results in their colours. */
export function checkTable(
  rows: readonly CheckRow[],
  { stdout, env }: Pick<Io, 'stdout' | 'env'>,
): string {
  const paint = painter(stdout, env);
  return table(
    rows,
    [
      { title: 'PART', value: ({ part }) => part },
      {
        title: 'RESULT',
        value: ({ result }) => result,
        paint: (text, { result }) => paint(STYLES[result], text),
      },
      { title: 'DETAIL', value: ({ detail }) => detail },
    ],
    stdout.columns,
  );
}

/** Narrowest that sentences are wrapped to, in characters. */
const LEAST = 20;

/** What to do about parts, in a sentence each, below an empty line. */
export function adviceLines(
  advice: readonly { readonly part: string; readonly message: string }[],
  { stdout, env }: Pick<Io, 'stdout' | 'env'>,
): string {
  const paint = painter(stdout, env);
  const help = new Help();
  help.minWidthToWrap = LEAST;
  const { columns: width = Infinity } = stdout;
  return advice.length === 0
    ? ''
    : `\n${advice
        .map(
          ({ part, message }) =>
            `${help.boxWrap(
              `${paint('bold', plain(part))}: ${plain(message)}`,
              width,
            )}\n`,
        )
        .join('')}`;
}
