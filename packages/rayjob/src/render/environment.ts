import { InputError } from '@backstage/errors';
import type { EnvironmentVariable } from './renderRayJob';

/**
 * Variables of a list by their names, as a specification has them.
 * @throws {InputError} for a name that is there twice
 */
export function environmentOf(
  variables: readonly EnvironmentVariable[],
): Readonly<Record<string, string>> {
  const twice = variables.find(
    ({ name }, index) =>
      variables.findIndex(other => other.name === name) !== index,
  );
  if (twice) {
    throw new InputError(
      `Can't create the job: environment: '${twice.name}' is set twice; keep one of the two`,
    );
  }
  return Object.fromEntries(variables.map(({ name, value }) => [name, value]));
}
