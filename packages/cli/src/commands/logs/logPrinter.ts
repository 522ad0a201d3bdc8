import type { JobLogEvent, JobLogLine } from '@ml-platform/sdk';
import type { Cli } from '../../Cli';
import { write } from '../../output/write';
import { coloredOnly, plain } from '../../terminal/plain';
import { painter, type Style } from '../../terminal/style';

const COLORS: readonly Style[] = [
  'cyan',
  'magenta',
  'green',
  'yellow',
  'blue',
  'red',
];

export interface PrintOptions {
  readonly timestamps?: boolean;
  /** ISO 8601 without a zone, in UTC; lines before it are left out. */
  readonly since?: string;
  /** The same; lines from then on are left out. */
  readonly until?: string;
}

/**
 * Makes what prints the pieces of a log: lines to stdout, whole pieces at a time,
 * and what is said about the log to stderr.
 */
export function logPrinter(
  cli: Cli,
  { timestamps, since, until }: PrintOptions,
) {
  // Of a line without a time nobody can tell.
  const isWithin = ({ time }: JobLogLine) =>
    !time || ((!since || time >= since) && (!until || time < until));
  const { stdout, env } = cli.io;
  const paint = painter(stdout, env);
  const prefixes = new Map<string, string>();
  const prefixOf = (source: string): string => {
    const known = prefixes.get(source);
    if (known !== undefined) {
      return known;
    }
    const color = COLORS[prefixes.size % COLORS.length];
    const prefix = `${paint(color, `[${plain(source)}]`)} `;
    prefixes.set(source, prefix);
    return prefix;
  };
  // A file or another program gets the log as it was written.
  const safe = stdout.isTTY ? coloredOnly : (text: string) => text;
  const textOf = ({ time, text, source }: JobLogLine): string =>
    `${timestamps && time ? `${time} ` : ''}${source ? prefixOf(source) : ''}${safe(text)}`;

  return async (event: JobLogEvent): Promise<void> => {
    if (event.type === 'waiting') {
      cli.say(plain(`Waiting: ${event.message}`));
      return;
    }
    if (event.type === 'gap') {
      cli.say(plain(`[gap] ${event.reason}`));
      return;
    }
    const lines = since || until ? event.lines.filter(isWithin) : event.lines;
    if (lines.length > 0) {
      // Most logs are printed as they are.
      const asIs = !timestamps && !stdout.isTTY && !lines[0].source;
      const texts = lines.map(asIs ? ({ text }) => text : textOf);
      texts.push('');
      await write(stdout, texts.join('\n'));
    }
  };
}
