import type { Parameter, ParameterValue } from './ParameterSchema';

const WHOLE = /^[+-]?\d+$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * A value as its schema means it: a command line has only texts. A text that is
 * no such value stays one, and so the schema refuses it.
 */
export function readValue(
  { type }: Pick<Parameter, 'type'>,
  value: ParameterValue,
): ParameterValue {
  if (typeof value !== 'string' || type === 'string') {
    return value;
  }
  if (type === 'boolean') {
    return value === 'true' || value === 'false' ? value === 'true' : value;
  }
  const form = type === 'integer' ? WHOLE : NUMBER;
  const number = form.test(value) ? Number(value) : NaN;
  const known =
    type === 'integer' ? Number.isSafeInteger(number) : Number.isFinite(number);
  return known ? number : value;
}
