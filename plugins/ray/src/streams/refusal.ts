import { ResponseError } from '@backstage/errors';

/**
 * The reason why the backend refused: an error with the name and the message that
 * the backend sent.
 */
export async function refusal(response: Response): Promise<Error> {
  const error = await ResponseError.fromResponse(response);
  return error.cause.message ? error.cause : error;
}
