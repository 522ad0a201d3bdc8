import { InputError } from '@backstage/errors';
import type { z } from 'zod';

/**
 * What a schema makes of a part of a request.
 * @throws {InputError} when the part is wrong; the message names each field
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (!result.success) {
    const problems = result.error.issues.map(issue => {
      const field = issue.path.join('.');
      return field ? `${field}: ${issue.message}` : issue.message;
    });
    throw new InputError(problems.join('; '));
  }
  return result.data;
}
