import { CustomErrorBase } from '@backstage/errors';

/** A log that was there once, or should have been, and can't be read any more. */
export class LogLostError extends CustomErrorBase {
  name = 'LogLostError' as const;
  /** HTTP's "Gone". */
  readonly statusCode = 410;
}

/** A user has as many logs open as are allowed at once. */
export class TooManyStreamsError extends CustomErrorBase {
  name = 'TooManyStreamsError' as const;
  /** HTTP's "Too Many Requests". */
  readonly statusCode = 429;
}
