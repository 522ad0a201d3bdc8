import { isError } from '@backstage/errors';
import { EXIT, type ExitCode } from './exitCodes';

/** By the name of the error, as an error may come from another copy of its class. */
const CODES: Readonly<Record<string, ExitCode>> = {
  InputError: EXIT.usage,
  NotFoundError: EXIT.notFound,
  NotAllowedError: EXIT.refused,
  AuthenticationError: EXIT.refused,
  ConflictError: EXIT.refused,
  ServiceUnavailableError: EXIT.unreachable,
  JobFailedError: EXIT.failed,
  JobStoppedError: EXIT.failed,
  JobTimeoutError: EXIT.failed,
};

/** What a failed command says, and how its process ends. */
export function failure(error: unknown): {
  readonly code: ExitCode;
  readonly message: string;
} {
  if (!isError(error)) {
    return { code: EXIT.failed, message: String(error) };
  }
  return {
    code: CODES[error.name] ?? EXIT.failed,
    message: error.message || error.name,
  };
}
