import { InputError } from '@backstage/errors';
import type { Io } from './Io';
import { confirm } from './prompt';

/**
 * Goes on only when the person agrees.
 *
 * @param yes - the answer of the option `--yes`
 * @throws {InputError} where nobody can be asked, and when the answer is no
 */
export async function requireYes(
  io: Io,
  question: string,
  yes: boolean | undefined,
): Promise<void> {
  const remedy = `${question} Add --yes to do it without being asked`;
  if (!yes && !(await confirm(io, question, remedy))) {
    throw new InputError('Nothing was changed');
  }
}
