/** An answer of the emulated GitHub other than 2xx, with its body. */
export class UpstreamError extends Error {
  constructor(
    readonly status: number,
    readonly body: { readonly message?: string },
  ) {
    super(body.message ?? `The emulated GitHub answered ${status}`);
    this.name = 'UpstreamError';
  }
}

/** The answer, or undefined where the emulated GitHub has no such thing. */
export async function orUndefined<T>(
  answer: Promise<T>,
): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof UpstreamError && error.status === 404) {
      return undefined;
    }
    throw error;
  }
}
