/** What browsers and Node say where a request gets no answer, or none to its end. */
const WORDS =
  /failed to fetch|fetch failed|load failed|network ?error|network connection|input stream/i;

const NAME = 'UnreachableError';

/** True for an error that {@link clearError} made of a request without an answer. */
export function isUnreachable({ name }: Error): boolean {
  return name === NAME;
}

/**
 * An error for people. Where the portal can't be reached, it says so and what to do:
 * browsers only say "Failed to fetch", each in words of its own. Others stay as they are.
 */
export function clearError(error: Error): Error {
  if (!(error instanceof TypeError && WORDS.test(error.message))) {
    return error;
  }
  const clear = new Error(
    "The portal can't be reached. Check your connection, then try again.",
    { cause: error },
  );
  clear.name = NAME;
  return clear;
}

/**
 * The result of a request.
 *
 * @throws what the request throws, as {@link clearError} puts it
 */
export async function clearly<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    throw clearError(error as Error);
  }
}
