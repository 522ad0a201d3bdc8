import Ajv, { ErrorObject, ValidateFunction } from 'ajv';
import { invalidValue, notSupported, required } from '../admission/causes';
import { StatusCause } from '../errors/StatusError';
import { nameOfSchema } from './kubernetesSchema';
import { Schema } from './Schema';

const INT32 = 2 ** 31;

const ajv = new Ajv({
  allErrors: true,
  verbose: true,
  // What else a schema holds is for Kubernetes, for example list types.
  strict: false,
  // Kubernetes' types are used in many places: each becomes code once.
  inlineRefs: false,
  formats: {
    int32: {
      type: 'number',
      validate: value => value >= -INT32 && value < INT32,
    },
    int64: true,
    'date-time': text => !Number.isNaN(Date.parse(text)),
  },
});

const registered = new Set<string>();
const validators = new WeakMap<Schema, ValidateFunction>();

/** What the schema itself refuses, in the words of the kube-openapi validator. */
export function schemaErrors(value: unknown, schema: Schema): StatusCause[] {
  let validate = validators.get(schema);
  if (!validate) {
    validate = ajv.compile(toJsonSchema(schema));
    validators.set(schema, validate);
  }
  validate(value);
  return (validate.errors ?? []).map(causeOf);
}

/** A reference to a type of Kubernetes' own, the schema itself for all others. */
function reference(schema: Schema): object {
  const name = nameOfSchema(schema);
  if (!name) {
    return toJsonSchema(schema);
  }
  if (!registered.has(name)) {
    registered.add(name);
    ajv.addSchema(toJsonSchema(schema), name);
  }
  return { $ref: name };
}

/** JSON schema knows nothing of int-or-string, and needs no rules of ours. */
function toJsonSchema(schema: Schema): object {
  const {
    properties,
    items,
    additionalProperties,
    'x-kubernetes-validations': _rules,
    'x-kubernetes-int-or-string': intOrString,
    ...rest
  } = schema;
  return {
    ...rest,
    ...(intOrString ? { type: ['integer', 'string'] } : {}),
    ...(properties
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, property]) => [
              name,
              reference(property),
            ]),
          ),
        }
      : {}),
    ...(items ? { items: reference(items) } : {}),
    ...(additionalProperties
      ? { additionalProperties: reference(additionalProperties) }
      : {}),
  };
}

function causeOf(error: ErrorObject): StatusCause {
  const field = fieldPath(error.instancePath);
  const { keyword, params, data, message } = error;
  switch (keyword) {
    case 'required':
      return required(
        field ? `${field}.${params.missingProperty}` : params.missingProperty,
      );
    case 'type':
      return {
        reason: 'FieldValueTypeInvalid',
        message: `Invalid value: "${typeName(data)}": ${field} in body must be of type ${params.type}: "${typeName(data)}"`,
        field,
      };
    case 'enum':
      return notSupported(field, data, params.allowedValues);
    case 'minimum':
      return invalidValue(
        field,
        data,
        `${field} in body should be greater than or equal to ${params.limit}`,
      );
    case 'minItems':
      return invalidValue(
        field,
        Array.isArray(data) ? data.length : 0,
        `${field} in body should have at least ${params.limit} items`,
      );
    case 'minLength':
      return invalidValue(
        field,
        data,
        `${field} in body should be at least ${params.limit} chars long`,
      );
    case 'maxLength':
      return {
        reason: 'FieldValueTooLong',
        message: `Too long: may not be more than ${params.limit} bytes`,
        field,
      };
    case 'pattern':
      return invalidValue(
        field,
        data,
        `${field} in body should match '${params.pattern}'`,
      );
    case 'format':
      return invalidValue(
        field,
        data,
        `${field} in body must be of type ${params.format}: ${JSON.stringify(data)}`,
      );
    default:
      return invalidValue(field, data, message ?? keyword);
  }
}

/** `/spec/workers/0/name` as `spec.workers[0].name`. */
function fieldPath(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .reduce((path, part) => {
      if (/^\d+$/.test(part)) {
        return `${path}[${part}]`;
      }
      return path ? `${path}.${part}` : part;
    }, '');
}

/** The type of a value as these messages call it. */
export function typeName(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return 'array';
  }
  return typeof value === 'number' && Number.isInteger(value)
    ? 'integer'
    : typeof value;
}
