import { createInterface } from 'node:readline/promises';
import { InputError } from '@backstage/errors';
import type { Cli } from '../Cli';

/**
 * Asks whether to go on, on a terminal.
 *
 * @param yes - the answer of the option `--yes`
 * @throws {InputError} where nobody can be asked, and when the answer is no
 */
export async function confirm(
  { io }: Cli,
  question: string,
  yes: boolean | undefined,
): Promise<void> {
  if (yes) {
    return;
  }
  if (!io.stdin.isTTY || !io.stderr.isTTY) {
    throw new InputError(`${question} Add --yes to do it without being asked`);
  }
  const lines = createInterface({ input: io.stdin, output: io.stderr });
  try {
    const answer = await lines.question(`${question} [y/N] `, {
      signal: io.signal,
    });
    if (!/^y(es)?$/i.test(answer.trim())) {
      throw new InputError('Nothing was changed');
    }
  } finally {
    lines.close();
  }
}
