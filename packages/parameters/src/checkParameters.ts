import { InputError } from '@backstage/errors';
import { closestName } from './closestName';
import { describeParameter } from './describeParameter';
import {
  MOST_VALUE_LENGTH,
  type Parameter,
  type ParameterSchema,
  type ParameterValue,
} from './ParameterSchema';
import { readValue } from './readValue';
import { validatorOf } from './validator';

/** What is wrong with one parameter. */
export interface ParameterProblem {
  readonly name: string;
  /** A sentence about it. */
  readonly message: string;
}

/** Values by the names of their parameters. */
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

/** A program can't be given a text with this character. */
const NUL = '\0';

/** True when a value is what its schema says. */
export function isValid(parameter: Parameter, value: ParameterValue): boolean {
  const text = String(value);
  return (
    text.length <= MOST_VALUE_LENGTH &&
    !text.includes(NUL) &&
    validatorOf(parameter)(readValue(parameter, value))
  );
}

function unknown(name: string, { properties }: ParameterSchema): string {
  const names = Object.keys(properties);
  const meant = closestName(name, names);
  const known =
    names.length > 0
      ? `The workload takes ${names.join(', ')}`
      : 'The workload takes none';
  return `There is no parameter ${name}${meant ? `; did you mean ${meant}?` : '.'} ${known}`;
}

/** A value as a sentence can show it. */
function shown(value: ParameterValue): string {
  const text = String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** What is wrong with values, in their order; then what is missing. */
export function parameterProblems(
  schema: ParameterSchema,
  values: ParameterValues,
): readonly ParameterProblem[] {
  const { properties, required = [] } = schema;
  const wrong = Object.entries(values).flatMap(([name, value]) => {
    if (!Object.hasOwn(properties, name)) {
      return [{ name, message: unknown(name, schema) }];
    }
    return isValid(properties[name], value)
      ? []
      : [
          {
            name,
            message: `${name} takes ${describeParameter(properties[name])}, not '${shown(value)}'`,
          },
        ];
  });
  const missing = required
    .filter(
      name =>
        !Object.hasOwn(values, name) && properties[name].default === undefined,
    )
    .map(name => ({
      name,
      message: `${name} is missing; it takes ${describeParameter(properties[name])}`,
    }));
  return [...wrong, ...missing];
}

/**
 * The values as texts, as a command line has them. What isn't set stays out: the
 * program's own defaults belong to its image.
 *
 * @throws {InputError} that names each parameter with what it takes
 */
export function checkParameters(
  schema: ParameterSchema,
  values: ParameterValues,
): Readonly<Record<string, string>> {
  const problems = parameterProblems(schema, values);
  if (problems.length > 0) {
    throw new InputError(
      `Can't use the parameters: ${problems.map(({ message }) => message).join('; ')}`,
    );
  }
  return parameterTexts(values);
}

/** Values as a command line has them, for a workload without a schema. */
export function parameterTexts(
  values: ParameterValues,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, String(value)]),
  );
}
