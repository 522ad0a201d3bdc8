import { readFile } from 'node:fs/promises';
import { InputError, isError } from '@backstage/errors';
import { parse } from 'dotenv';

/** `NAME=value`, split at the first sign. */
export function splitPair(
  text: string,
  option: string,
): readonly [string, string] {
  const at = text.indexOf('=');
  if (at < 1) {
    throw new InputError(`${option} takes NAME=VALUE, not '${text}'`);
  }
  return [text.slice(0, at), text.slice(at + 1)];
}

/**
 * The variables of `--env-file` and `--env`; the latter, and what comes later,
 * wins. A name alone takes the value of the own environment.
 *
 * @throws {InputError} for a file that can't be read, or a variable that isn't set
 */
export async function readEnvironment(
  files: readonly string[],
  pairs: readonly string[],
  own: Readonly<Record<string, string | undefined>>,
): Promise<Readonly<Record<string, string>>> {
  const variables: Record<string, string> = {};
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(error => {
      throw new InputError(
        `Couldn't read ${file}: ${isError(error) ? error.message : String(error)}`,
      );
    });
    Object.assign(variables, parse(text));
  }
  for (const pair of pairs) {
    if (pair.includes('=')) {
      const [name, value] = splitPair(pair, '--env');
      variables[name] = value;
    } else {
      const value = own[pair];
      if (value === undefined) {
        throw new InputError(
          `--env ${pair} takes the value of your own ${pair}, which isn't set`,
        );
      }
      variables[pair] = value;
    }
  }
  return variables;
}
