import { StatusCause } from '../errors/StatusError';

/**
 * Problems of single fields, worded as in
 * k8s.io/apimachinery/pkg/util/validation/field.
 */

/** A value as Kubernetes prints it in a message. */
export function printed(value: unknown): string {
  if (value === undefined || value === null) {
    return 'null';
  }
  return JSON.stringify(value);
}

export function required(field: string, detail = ''): StatusCause {
  return {
    reason: 'FieldValueRequired',
    message: detail ? `Required value: ${detail}` : 'Required value',
    field,
  };
}

export function invalidValue(
  field: string,
  value: unknown,
  detail: string,
): StatusCause {
  return {
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${printed(value)}: ${detail}`,
    field,
  };
}

export function notSupported(
  field: string,
  value: unknown,
  supported: readonly string[],
): StatusCause {
  return {
    reason: 'FieldValueNotSupported',
    message: `Unsupported value: ${printed(value)}: supported values: ${supported.map(one => `"${one}"`).join(', ')}`,
    field,
  };
}

export function forbiddenField(field: string, detail: string): StatusCause {
  return {
    reason: 'FieldValueForbidden',
    message: `Forbidden: ${detail}`,
    field,
  };
}

export function duplicate(field: string, value: unknown): StatusCause {
  return {
    reason: 'FieldValueDuplicate',
    message: `Duplicate value: ${printed(value)}`,
    field,
  };
}

export function notFoundValue(field: string, value: unknown): StatusCause {
  return {
    reason: 'FieldValueNotFound',
    message: `Not found: ${printed(value)}`,
    field,
  };
}
