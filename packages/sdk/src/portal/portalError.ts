import {
  AuthenticationError,
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ResponseError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { z } from 'zod';
import { invalidValuesSchema } from './scaffolderAnswers';

const REFUSALS = [
  AuthenticationError,
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
];

/** True for an error that another try of the same request would bring again. */
export function isRefusal(error: unknown): boolean {
  return REFUSALS.some(Refusal => error instanceof Refusal);
}

/** What is wrong with the values of a template, in its own words where it has some. */
function valueProblems({
  errors,
}: z.infer<typeof invalidValuesSchema>): string {
  return errors
    .map(({ path, message, name, schema }) => {
      const sentence = schema?.errorMessage?.[name] ?? message;
      return [path.join('.'), sentence].filter(Boolean).join(': ');
    })
    .join('; ');
}

/** What the portal says, or a proxy in front of it. */
async function sentenceOf(response: Response, url: string): Promise<string> {
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('application/json')) {
    const body: unknown = await response
      .clone()
      .json()
      .catch(() => undefined);
    const invalid = invalidValuesSchema.safeParse(body);
    if (invalid.success) {
      return valueProblems(invalid.data);
    }
    return (await ResponseError.fromResponse(response)).cause.message;
  }
  const status = `${url} answered ${response.status} ${response.statusText}`;
  const text = await response.text();
  return type.startsWith('text/plain') ? `${status}: ${text.trim()}` : status;
}

/** The error that a refusal of the portal stands for, with the portal's own sentence. */
export async function portalError(
  response: Response,
  url: string,
): Promise<Error> {
  const sentence = await sentenceOf(response, url);
  switch (response.status) {
    case 401:
      return new AuthenticationError(
        `${sentence}; log in to ${url}, or set ML_PLATFORM_TOKEN`,
      );
    case 403:
      return new NotAllowedError(sentence);
    case 404:
    case 410:
      return new NotFoundError(sentence);
    case 409:
      return new ConflictError(sentence);
    case 408:
    case 429:
      return new ServiceUnavailableError(sentence);
    default:
      return response.status < 500
        ? new InputError(sentence)
        : new ServiceUnavailableError(sentence);
  }
}
