import { withParameters } from '../render/parameters';
import { shellWords } from '../render/shellWords';

/** Parameters of a run by their names. */
export type Parameters = Readonly<Record<string, string | number | boolean>>;

interface Command {
  /** The command without the options. */
  readonly entrypoint: string;
  readonly parameters: Parameters;
}

const OPTION = /^--([A-Za-z][A-Za-z0-9_-]*)=(.*)$/s;

/** The value that a text stands for, if it is written as that value is. */
function valueOf(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') {
    return text === 'true';
  }
  const number = Number(text);
  return text !== '' && Number.isFinite(number) && String(number) === text
    ? number
    : text;
}

/** The command that ends where its last word starts. */
function withoutLast(command: string, words: number): string | undefined {
  for (let end = command.length - 1; end > 0; end -= 1) {
    if (command[end] === ' ') {
      const start = command.slice(0, end);
      if (shellWords(start)?.length === words - 1) {
        return start.trimEnd();
      }
    }
  }
  return undefined;
}

/**
 * A command and the parameters that {@link withParameters} added to its end. What
 * comes of the two again is the same command, so what can't be told apart stays in
 * the command.
 */
export function splitParameters(command: string): Command {
  let entrypoint = command.trim();
  const parameters: [string, string | number | boolean][] = [];
  const words = shellWords(entrypoint) ?? [];
  for (let left = words.length; left > 1; left -= 1) {
    const [, name, text = ''] = OPTION.exec(words[left - 1]) ?? [];
    const start = name && withoutLast(entrypoint, left);
    if (!start || parameters.some(([known]) => known === name)) {
      break;
    }
    const value = valueOf(text);
    if (withParameters(start, { [name]: value }) !== entrypoint) {
      break;
    }
    entrypoint = start;
    parameters.unshift([name, value]);
  }
  return { entrypoint, parameters: Object.fromEntries(parameters) };
}
