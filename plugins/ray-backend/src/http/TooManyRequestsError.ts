import { CustomErrorBase } from '@backstage/errors';

/** Backstage answers an error with the status that it carries. */
export class TooManyRequestsError extends CustomErrorBase {
  override name = 'TooManyRequestsError' as const;
  readonly statusCode = 429;
}
