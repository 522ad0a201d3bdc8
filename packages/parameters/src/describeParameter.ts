import type { Parameter } from './ParameterSchema';

const range = ({ minimum, maximum }: Parameter): string => {
  if (minimum !== undefined && maximum !== undefined) {
    return ` from ${minimum} to ${maximum}`;
  }
  if (minimum !== undefined) {
    return ` of at least ${minimum}`;
  }
  return maximum === undefined ? '' : ` of at most ${maximum}`;
};

const length = ({ minLength = 0, maxLength }: Parameter): string => {
  if (minLength > 0 && maxLength !== undefined) {
    return ` of ${minLength} to ${maxLength} characters`;
  }
  if (minLength > 0) {
    return ` of at least ${minLength} characters`;
  }
  return maxLength === undefined ? '' : ` of at most ${maxLength} characters`;
};

/** What a parameter takes, as the end of a sentence: `a whole number from 1 to 10`. */
export function describeParameter(parameter: Parameter): string {
  const { type, enum: choices, pattern } = parameter;
  if (choices) {
    return `one of ${choices.join(', ')}`;
  }
  switch (type) {
    case 'boolean':
      return 'true or false';
    case 'integer':
      return `a whole number${range(parameter)}`;
    case 'number':
      return `a number${range(parameter)}`;
    default:
      return `a text${length(parameter)}${pattern === undefined ? '' : ` that matches ${pattern}`}`;
  }
}
