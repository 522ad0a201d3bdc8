import { NotFoundError } from '@backstage/errors';
import type { JobRef } from '@ml-platform/rayjob';
import type { LogLines, NumberedLogLine, Platform } from '@ml-platform/sdk';
import type { Cli } from '../../Cli';
import { write } from '../../output/write';
import { coloredOnly, plain } from '../../terminal/plain';
import { painter } from '../../terminal/style';
import type { LineRange, LogsOptions } from './command';

const PASSING =
  'The lines of merged logs are numbered as the portal read them; when it reads them again, they may have other numbers';

/** Lines of one answer, at most. */
const PAGE = 10_000;

type Options = Omit<LogsOptions, 'source'> & { readonly source: string };

/** Prints lines as `grep -n` does, each after its number. */
function linePrinter({ io }: Cli, { timestamps }: LogsOptions) {
  const { stdout, env } = io;
  const paint = painter(stdout, env);
  const safe = stdout.isTTY ? coloredOnly : (text: string) => text;
  return async (lines: readonly NumberedLogLine[]): Promise<void> => {
    const texts = lines.map(({ number, time, text }) => {
      const stamp = timestamps && time ? `${time} ` : '';
      return `${paint('dim', `${number}:`)}${stamp}${safe(text)}`;
    });
    if (texts.length > 0) {
      texts.push('');
      await write(stdout, texts.join('\n'));
    }
  };
}

/** Why none of the lines is there that were asked for. */
function whyNone(
  { first, last, missing, waiting }: LogLines,
  from: number,
): Error {
  const lost = missing.find(
    ({ line, lines = 0 }) => from < line && from >= line - lines,
  );
  if (lost) {
    return new NotFoundError(`Line ${from} is missing: ${lost.reason}`);
  }
  const has =
    last < first
      ? 'the log is empty so far'
      : `the log has lines ${first} to ${last}`;
  return new NotFoundError(waiting ?? `There is no line ${from}; ${has}`);
}

/** Says what is missing before lines that are printed. */
function sayMissing(
  cli: Cli,
  { missing }: LogLines,
  { from, to }: LineRange,
): void {
  for (const { line, reason } of missing) {
    if (line > 1 && line >= from && line <= to) {
      cli.say(plain(`[gap] Before line ${line}: ${reason}`));
    }
  }
}

async function printRange(
  cli: Cli,
  platform: Platform,
  ref: JobRef,
  { source, lines: range, ...options }: Options & { readonly lines: LineRange },
): Promise<void> {
  const { signal } = cli.io;
  const print = linePrinter(cli, options);
  let { from } = range;
  while (from <= range.to) {
    const count = Math.min(PAGE, range.to - from + 1);
    const wanted = { signal, source, from, count };
    const answer = await platform.logLines(ref, wanted);
    const lines = answer.lines.filter(({ number }) => number <= range.to);
    const last = lines.at(-1)?.number;
    if (!answer.lasting && from === range.from) {
      cli.say(PASSING);
    }
    if (last !== undefined) {
      sayMissing(cli, answer, { from, to: last });
      await print(lines);
      from = last + 1;
    } else if (answer.state !== 'reading') {
      if (from === range.from) {
        throw whyNone(answer, from);
      }
      return;
    }
  }
}

async function printMatches(
  cli: Cli,
  platform: Platform,
  ref: JobRef,
  { source, grep, ignoreCase, level, orWorse, ...options }: Options,
): Promise<void> {
  const { signal } = cli.io;
  const print = linePrinter(cli, options);
  let from = 1;
  let told = PAGE;
  while (told >= PAGE) {
    told = 0;
    const search = platform.searchLog(ref, {
      signal,
      source,
      q: grep,
      regex: grep === undefined ? undefined : true,
      matchCase: !ignoreCase,
      level,
      orWorse,
      from,
      limit: PAGE,
    });
    let next = await search.next();
    for (; !next.done; next = await search.next()) {
      const event = next.value;
      if (event.type === 'matches') {
        told += event.lines.length;
        from = (event.lines.at(-1)?.number ?? from) + 1;
        await print(event.lines);
      }
    }
    if (from === 1) {
      cli.say(`None of ${next.value.searched} lines matches`);
    }
  }
}

/** Prints lines of a log by their numbers, or those that match. */
export async function printNumbered(
  cli: Cli,
  platform: Platform,
  ref: JobRef,
  options: Options,
): Promise<void> {
  const { lines } = options;
  await (lines
    ? printRange(cli, platform, ref, { ...options, lines })
    : printMatches(cli, platform, ref, options));
}
