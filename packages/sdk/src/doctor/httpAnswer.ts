import { isError } from '@backstage/errors';

/** Milliseconds for an answer. */
const LIMIT = 5_000;

/** What an address answered, or why it didn't. */
export type HttpAnswer =
  | { readonly ok: true; readonly status: number; readonly response: Response }
  | { readonly ok: false; readonly error: string };

/** Asks an address once; never rejects. */
export async function httpAnswer(
  url: string,
  { signal, ...init }: RequestInit & { readonly signal: AbortSignal },
): Promise<HttpAnswer> {
  const limit = AbortSignal.timeout(LIMIT);
  try {
    const response = await fetch(url, {
      ...init,
      signal: AbortSignal.any([signal, limit]),
    });
    return { ok: true, status: response.status, response };
  } catch (error) {
    if (limit.aborted) {
      return { ok: false, error: `no answer within ${LIMIT / 1_000} s` };
    }
    const cause: unknown = isError(error) ? (error.cause ?? error) : error;
    const code = isError(cause) && 'code' in cause ? String(cause.code) : '';
    const message = isError(cause) ? cause.message : String(cause);
    return { ok: false, error: message || code };
  }
}
