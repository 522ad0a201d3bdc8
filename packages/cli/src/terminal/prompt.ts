import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { InputError } from '@backstage/errors';
import type { Io } from './Io';
import { plain } from './plain';

/** Whether a person sits at both ends of a question. */
export function canAsk({ stdin, stderr }: Pick<Io, 'stdin' | 'stderr'>) {
  return Boolean(stdin.isTTY && stderr.isTTY);
}

/**
 * What a person answers to a question, without blanks around it.
 * @throws {InputError} when there is no person, or no answer
 */
async function answer(
  { stdin, stderr, signal }: Io,
  question: string,
  remedy: string,
): Promise<string> {
  if (!canAsk({ stdin, stderr })) {
    throw new InputError(remedy);
  }
  // The terminal keeps its own editing of lines, so that Ctrl-C ends the command.
  const lines = createInterface({
    input: stdin,
    output: stderr,
    terminal: false,
  });
  try {
    const text = await Promise.race([
      lines.question(plain(question), { signal }),
      once(lines, 'close', { signal }).then(() => undefined),
    ]);
    if (text === undefined) {
      throw new InputError(`There was no answer. ${remedy}`);
    }
    return text.trim();
  } finally {
    lines.close();
  }
}

/**
 * Asks for a text.
 * @param ask.option - that gives the answer where there is no terminal
 * @throws {InputError} that names the option, when there is no terminal
 */
export async function askText(
  io: Io,
  ask: {
    readonly question: string;
    readonly option: string;
    /** What an empty answer stands for. */
    readonly initial?: string;
  },
): Promise<string> {
  const { question, option, initial = '' } = ask;
  const hint = initial ? ` [${initial}]` : '';
  const text = await answer(
    io,
    `${question}${hint}: `,
    `Give it with ${option}, because there is no terminal to ask on`,
  );
  return text || initial;
}

/**
 * Asks which of several, by name or number.
 * @throws {InputError} that names the option and the choices, when there is no
 * terminal
 */
export async function choose(
  io: Io,
  ask: {
    /** For example `Which Ray cluster?` */
    readonly question: string;
    readonly option: string;
    readonly choices: readonly string[];
    /** What an empty answer stands for. */
    readonly initial?: string;
  },
): Promise<string> {
  const { question, option, choices, initial } = ask;
  const hint = initial ? ` [${initial}]` : '';
  const list = choices
    .map((choice, i) => `  ${i + 1}) ${plain(choice)}\n`)
    .join('');
  const remedy = `${question} Choose with ${option}: ${choices.join(', ')}`;
  for (;;) {
    if (canAsk(io)) {
      io.stderr.write(`${question}\n${list}`);
    }
    const text = await answer(io, `Number or name${hint}: `, remedy);
    const chosen = choices[Number(text) - 1] ?? (text || initial || '');
    if (choices.includes(chosen)) {
      return chosen;
    }
    io.stderr.write(`'${plain(text)}' is none of them.\n`);
  }
}

/**
 * Asks for a yes; anything else is a no.
 * @throws {InputError} with the remedy, when there is no terminal
 */
export async function confirm(
  io: Io,
  question: string,
  remedy: string,
): Promise<boolean> {
  const text = await answer(io, `${question} [y/N] `, remedy);
  return /^y(es)?$/i.test(text);
}
