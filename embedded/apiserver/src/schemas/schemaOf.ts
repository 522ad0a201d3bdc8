import { ResourceType } from '../model/ResourceType';
import { string } from './build';
import { OBJECT_META } from './commonSchemas';
import { Schema } from './Schema';

const schemas = new WeakMap<ResourceType, Schema>();

const TYPE_FIELDS = {
  apiVersion: string,
  kind: string,
  metadata: OBJECT_META,
};

/** The schema of whole objects of a type, with metadata. */
export function schemaOf(type: ResourceType): Schema {
  let schema = schemas.get(type);
  if (!schema) {
    schema = type.schema
      ? {
          ...type.schema,
          properties: { ...TYPE_FIELDS, ...type.schema.properties },
        }
      : {
          type: 'object',
          'x-kubernetes-preserve-unknown-fields': true,
          properties: TYPE_FIELDS,
        };
    schemas.set(type, schema);
  }
  return schema;
}
