import { isError } from '@backstage/errors';
import type { Probe } from '../platform/platformStatus';

/** What an answer is, or why there is none; never rejects. */
export async function probe<Answer extends object>(
  ask: () => Promise<Answer>,
): Promise<Probe<Answer>> {
  try {
    return { ok: true, ...(await ask()) };
  } catch (error) {
    return {
      ok: false,
      error: isError(error) ? error.message : String(error),
      ...(isError(error) &&
        error.name === 'NotAllowedError' && { refused: true }),
    };
  }
}
