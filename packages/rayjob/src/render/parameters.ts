import { InputError } from '@backstage/errors';
import { textProblem } from '../values/manifestText';
import { quoteWord } from './shellWords';

/** A value that a shell leaves alone. */
const SAFE = /^[\w@%+=:,./-]+$/;
const NAME = /^[A-Za-z][A-Za-z0-9_-]*$/;

/**
 * A command that options can be added to: nothing outside of quotes ends it, no
 * comment swallows what follows, and no quote or backslash is left open.
 */
const TAKES_OPTIONS =
  /^(?:[^'"\\;&|<>()#\n]|(?<=\S)#|\\[^\n]|'[^']*'|"(?:[^"\\]|\\[^])*")*$/;

/**
 * The command with parameters as options, for example `--generations=100`. A value
 * reaches the program as it is: nothing in it means anything to a shell.
 *
 * @throws {InputError} for a name that can't be an option, a value that no program
 * can be given, and a command that has no one place for options
 */
export function withParameters(
  command: string,
  parameters: Readonly<Record<string, string | number | boolean>>,
): string {
  const entries = Object.entries(parameters);
  for (const [name, value] of entries) {
    if (!NAME.test(name)) {
      throw new InputError(
        `'${name}' can't name a parameter; use letters, digits, hyphens and underscores, and start with a letter`,
      );
    }
    const problem = textProblem(`The value of ${name}`, String(value));
    if (problem) {
      throw new InputError(problem);
    }
  }
  if (entries.length > 0 && !TAKES_OPTIONS.test(command.trim())) {
    throw new InputError(
      'Parameters are added to the end of the entrypoint, and this one is more than one command; use one command, for example python train.py, or write the options into it',
    );
  }
  const options = entries.map(([name, value]) => {
    const text = String(value);
    return `--${name}=${SAFE.test(text) ? text : quoteWord(text)}`;
  });
  return [command, ...options].join(' ');
}
