import { ResponseError } from '@backstage/errors';

/**
 * Why the backend refused, in its own words: an error with the name and the
 * message that it sent.
 */
export async function refusal(response: Response): Promise<Error> {
  const error = await ResponseError.fromResponse(response);
  return error.cause.message ? error.cause : error;
}
