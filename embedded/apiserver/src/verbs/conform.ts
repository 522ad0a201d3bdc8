import { StatusCause } from '../errors/StatusError';
import { badRequest } from '../errors/statusErrors';
import { dropNulls, JsonValue } from '../model/json';
import { KubeObject } from '../model/KubeObject';
import { ResourceType } from '../model/ResourceType';
import { applyDefaults } from '../schemas/applyDefaults';
import { prune } from '../schemas/prune';
import { ruleErrors } from '../schemas/rules';
import { schemaOf } from '../schemas/schemaOf';
import { schemaErrors } from '../schemas/validator';
import { WriteOptions } from './ApiContext';

/**
 * Brings an object into the form of its schema: removes unknown fields, and
 * adds the defaults of custom resources.
 *
 * @throws {StatusError} when a field is unknown and strict validation was
 * asked for, or when a field of a built-in kind is of another type
 */
export function conform(
  type: ResourceType,
  object: KubeObject,
  options: WriteOptions,
): void {
  if (!type.custom) {
    dropNulls(object);
  }
  if (!type.schema) {
    return;
  }
  const schema = schemaOf(type);
  const unknown = prune(object, schema).map(path => `unknown field "${path}"`);
  if (unknown.length > 0 && options.fieldValidation === 'Strict') {
    throw badRequest(
      `${type.kind} in version "${type.version}" cannot be handled as a ${type.kind}: strict decoding error: ${unknown.join(', ')}`,
    );
  }
  if (options.fieldValidation === 'Warn') {
    unknown.forEach(options.warn);
  }
  if (type.custom) {
    applyDefaults(object, schema);
    return;
  }
  const wrong = schemaErrors(object, schema).find(
    cause => cause.reason === 'FieldValueTypeInvalid',
  );
  if (wrong) {
    const [, got, wanted] =
      /"(\w+)": .* must be of type ([\w,]+)/.exec(wrong.message) ?? [];
    throw badRequest(
      `${type.kind} in version "${type.version}" cannot be handled as a ${type.kind}: json: cannot unmarshal ${got} into Go struct field .${wrong.field} of type ${wanted}`,
    );
  }
}

/** What the schema of a custom resource, or one of its rules, refuses. */
export function schemaProblems(
  type: ResourceType,
  object: KubeObject,
  previous: KubeObject | undefined,
): StatusCause[] {
  if (!type.custom || !type.schema) {
    return [];
  }
  const errors = schemaErrors(object, schemaOf(type));
  return errors.length > 0
    ? errors
    : ruleErrors(
        object as unknown as JsonValue,
        previous as unknown as JsonValue | undefined,
        schemaOf(type),
      );
}
