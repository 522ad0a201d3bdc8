import { InputError, isError } from '@backstage/errors';
import { isValid } from './checkParameters';
import { describeParameter } from './describeParameter';
import {
  MOST_SCHEMA_BYTES,
  type Parameter,
  type ParameterSchema,
  type ParameterValue,
} from './ParameterSchema';
import subset from './subset.json';
import { compile, validatorOf } from './validator';

const LIMITS = {
  minimum: ['number', 'integer'],
  maximum: ['number', 'integer'],
  minLength: ['string'],
  maxLength: ['string'],
  pattern: ['string'],
} as const satisfies Partial<
  Record<keyof Parameter, readonly Parameter['type'][]>
>;

const isSubset = compile<ParameterSchema>(subset);

/** Why a text is no schema of parameters. */
function shapeProblem(): string {
  const [{ instancePath, message, params } = {}] = isSubset.errors ?? [];
  const place = instancePath?.slice(1).replaceAll('/', '.') || 'The file';
  const { additionalProperty: extra, allowedValue } = params ?? {};
  if (extra !== undefined) {
    return `${place} has '${extra}', which parameters don't take`;
  }
  return allowedValue === undefined
    ? `${place} ${message}`
    : `${place} must be ${JSON.stringify(allowedValue)}`;
}

/** True for a value that is of the parameter's type as it stands. */
const isExactly = (parameter: Parameter, value: ParameterValue) =>
  (typeof value === 'string') === (parameter.type === 'string') &&
  isValid(parameter, value);

/** What in a parameter contradicts itself. */
function parameterProblem(name: string, parameter: Parameter) {
  const { type, default: initial, enum: choices = [], pattern } = parameter;
  for (const [keyword, types] of Object.entries(LIMITS)) {
    if (
      Object.hasOwn(parameter, keyword) &&
      !types.some(allowed => allowed === type)
    ) {
      return `${keyword} of ${name} is for ${types.join(' and ')} alone`;
    }
  }
  if (pattern !== undefined) {
    try {
      validatorOf(parameter);
    } catch (error) {
      return `The pattern of ${name} is not one of RE2: ${isError(error) ? error.message : error}`;
    }
  }
  const alone: Parameter = { ...parameter, enum: undefined };
  const wrong = choices.find(choice => !isExactly(alone, choice));
  if (wrong !== undefined) {
    return `The choice '${wrong}' of ${name} is not ${describeParameter(alone)}`;
  }
  return initial === undefined || isExactly(parameter, initial)
    ? undefined
    : `The default of ${name} is not ${describeParameter(parameter)}`;
}

/**
 * Reads a workload's `parameters.schema.json`.
 *
 * @param text - JSON
 * @param source - where the text comes from, for messages
 * @throws {InputError} that names the file and what is wrong with it
 */
export function readParameterSchema(
  text: string,
  source: string,
): ParameterSchema {
  const fail = (problem: string): never => {
    throw new InputError(`${source}: ${problem}`);
  };
  if (text.length > MOST_SCHEMA_BYTES) {
    return fail(`The file has more than ${MOST_SCHEMA_BYTES} characters`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return fail(
      `The file isn't JSON: ${isError(error) ? error.message : error}`,
    );
  }
  if (!isSubset(value)) {
    return fail(shapeProblem());
  }
  const { properties, required = [] } = value;
  for (const [name, parameter] of Object.entries(properties)) {
    const problem = parameterProblem(name, parameter);
    if (problem) {
      return fail(problem);
    }
  }
  const absent = required.find(name => !Object.hasOwn(properties, name));
  return absent === undefined
    ? value
    : fail(`'${absent}' is required, and there is no such parameter`);
}
