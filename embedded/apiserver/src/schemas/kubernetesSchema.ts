import * as client from '@kubernetes/client-node';
import {
  anything,
  atomicList,
  boolean,
  int32,
  int64,
  intOrString,
  keyedList,
  mapOf,
  number,
  quantity,
  setOf,
  string,
  time,
} from './build';
import {
  ATOMIC,
  DEFAULTS,
  KEYED_LISTS,
  QUANTITIES,
  REQUIRED,
  SETS,
} from './kubernetesFacts';
import { Schema } from './Schema';

/** A field of a type, as the Kubernetes client describes it. */
interface Field {
  readonly baseName: string;
  /** For example `string`, `Array<V1EnvVar>` or `{ [key: string]: string; }`. */
  readonly type: string;
  readonly format: string;
}

const NUMBERS: Readonly<Record<string, Schema>> = { int32, int64 };

const types: Readonly<Record<string, unknown>> = client;
const schemas = new Map<string, Schema>();
const names = new WeakMap<Schema, string>();

/**
 * The schema of a type of Kubernetes' own, for example `V1Pod`: its fields are
 * those of the Kubernetes client, which is made from Kubernetes' OpenAPI document.
 * All that ask for a type get the same schema.
 *
 * @throws {Error} when the client has no such type
 */
export function kubernetesSchema(name: string): Schema {
  const known = schemas.get(name);
  if (known) {
    return known;
  }
  const schema: Schema = {
    type: 'object',
    ...(REQUIRED[name] && { required: REQUIRED[name].split(' ') }),
    ...(ATOMIC.has(name) && { 'x-kubernetes-map-type': 'atomic' }),
    properties: Object.fromEntries(
      fieldsOf(name).map(field => [
        field.baseName,
        fieldSchema(`${name}.${field.baseName}`, field),
      ]),
    ),
  };
  schemas.set(name, schema);
  names.set(schema, name);
  return schema;
}

/** The name of a schema that {@link kubernetesSchema} made. */
export function nameOfSchema(schema: Schema): string | undefined {
  return names.get(schema);
}

function fieldsOf(name: string): readonly Field[] {
  const type = types[name];
  if (typeof type === 'function' && 'getAttributeTypeMap' in type) {
    return (type.getAttributeTypeMap as () => readonly Field[])();
  }
  throw new Error(`The Kubernetes client has no type ${name}`);
}

function fieldSchema(path: string, { baseName, type, format }: Field): Schema {
  const [, item] = /^Array<(.*)>$/.exec(type) ?? [];
  if (item) {
    return listSchema(path, baseName, valueSchema(item, format));
  }
  const [, entry] = /^\{ \[key: string\]: (.*); \}$/.exec(type) ?? [];
  const value = QUANTITIES.has(path)
    ? quantity
    : valueSchema(entry ?? type, format);
  if (entry) {
    return mapOf(
      value,
      ATOMIC.has(path) ? { 'x-kubernetes-map-type': 'atomic' } : {},
    );
  }
  return path in DEFAULTS ? { ...value, default: DEFAULTS[path] } : value;
}

function listSchema(path: string, field: string, items: Schema): Schema {
  // Conditions of all kinds are told apart by their type.
  const keys = field === 'conditions' ? 'type' : KEYED_LISTS[path];
  if (keys) {
    return keyedList(keys.split(' '), items);
  }
  return SETS.has(path) ? setOf(items) : atomicList(items);
}

function valueSchema(type: string, format: string): Schema {
  const list = /^Array<(.*)>$/.exec(type);
  if (list) {
    return atomicList(valueSchema(list[1], format));
  }
  switch (type) {
    case 'string':
      return string;
    case 'boolean':
      return boolean;
    case 'number':
      return NUMBERS[format] ?? number;
    case 'Date':
    case 'V1MicroTime':
      return time;
    case 'IntOrString':
      return intOrString;
    case 'any':
      return anything;
    default:
      return kubernetesSchema(type);
  }
}
