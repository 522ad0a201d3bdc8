import { isError } from '@backstage/errors';

/** HTTP status of the answer that made a GitHub call fail. */
export function statusOf(error: unknown): number | undefined {
  return isError(error) && typeof error.status === 'number'
    ? error.status
    : undefined;
}

/** True when a GitHub call was answered with one of these HTTP statuses. */
export function hasStatus(error: unknown, ...statuses: number[]): boolean {
  const status = statusOf(error);
  return status !== undefined && statuses.includes(status);
}

/** What a call gives, or `undefined` when GitHub answers 404. */
export async function unlessMissing<T>(
  answer: Promise<T>,
): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (hasStatus(error, 404)) {
      return undefined;
    }
    throw error;
  }
}

/** Waits for a call whose subject may be gone already. */
export async function unlessGone(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    // GitHub answers 422 for a branch that isn't there.
    if (!hasStatus(error, 404, 422)) {
      throw error;
    }
  }
}
