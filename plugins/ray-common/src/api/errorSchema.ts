import { z } from 'zod';
import type { ErrorStatus } from './RouteContract';

/** An error in the shape that Backstage gives all errors. */
export const errorSchema = z
  .object({
    error: z.looseObject({
      name: z.string().meta({ examples: ['InputError'] }),
      message: z.string().meta({ description: 'A sentence for people' }),
    }),
    request: z.object({ method: z.string(), url: z.string() }).optional(),
    response: z.object({ statusCode: z.number() }),
  })
  .meta({ id: 'Error', description: 'An error as Backstage answers it' });

/** What each status means, wherever it is answered. */
export const ERROR_MEANINGS: Readonly<Record<ErrorStatus, string>> = {
  400: 'The request is wrong; the message names the field',
  401: 'Nobody is signed in',
  403: 'A permission is missing, or the policy refuses what was asked for',
  404: 'There is no such object, or the caller may not see it',
  409: 'The state of the object does not allow it, or the name is taken',
  410: 'It was there, and is gone',
  413: 'The body is too large',
  422: 'The cluster refuses the object',
  429: 'The caller has too many requests of this kind open',
  500: 'An error of the portal',
  503: 'The cluster or the repository could not be reached',
};
