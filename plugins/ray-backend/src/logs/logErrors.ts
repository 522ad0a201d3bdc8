import { CustomErrorBase } from '@backstage/errors';

/** A log that was there once, or should have been, and can't be read any more. */
export class LogLostError extends CustomErrorBase {
  name = 'LogLostError' as const;
  /** HTTP's "Gone". */
  readonly statusCode = 410;
}
