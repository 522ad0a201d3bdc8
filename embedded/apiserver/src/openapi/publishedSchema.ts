import { JsonObject } from '../model/json';
import { Schema } from '../schemas/Schema';

/**
 * A schema as Kubernetes publishes it, in a CRD or in OpenAPI v3: rules as
 * text, int-or-string as its two types.
 */
export function publishedSchema(schema: Schema): JsonObject {
  const {
    properties,
    items,
    additionalProperties,
    'x-kubernetes-validations': rules,
    ...rest
  } = schema;
  return {
    ...(JSON.parse(JSON.stringify(rest)) as JsonObject),
    ...(schema['x-kubernetes-int-or-string']
      ? { anyOf: [{ type: 'integer' }, { type: 'string' }] }
      : {}),
    ...(properties
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, property]) => [
              name,
              publishedSchema(property),
            ]),
          ),
        }
      : {}),
    ...(items ? { items: publishedSchema(items) } : {}),
    ...(additionalProperties
      ? { additionalProperties: publishedSchema(additionalProperties) }
      : {}),
    ...(rules
      ? {
          'x-kubernetes-validations': rules.map(({ rule, message }) => ({
            rule,
            message,
          })),
        }
      : {}),
  };
}
