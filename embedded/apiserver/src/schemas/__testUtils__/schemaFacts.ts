import { asArray, asObject, asString, JsonObject } from '../../model/json';
import { publishedSchema } from '../../openapi/publishedSchema';
import { Schema } from '../Schema';

/** What a schema says of one field, in words that can be compared. */
export type SchemaFacts = ReadonlyMap<string, string>;

const WORDS = [
  'format',
  'default',
  'nullable',
  'minimum',
  'minItems',
  'minLength',
  'maxLength',
  'pattern',
  'x-kubernetes-list-type',
  'x-kubernetes-map-type',
] as const;

const LISTS = ['enum', 'required', 'x-kubernetes-list-map-keys'] as const;

/** A CRD declares only parts of the metadata inside its objects. */
const EMBEDDED = /\.volumeClaimTemplate\.metadata\./;

/**
 * Facts of every field that our schema declares, by path. Parts of schemas
 * that are used in several places are described at the first.
 */
export function factsOf(schema: Schema, seen = new Set<Schema>()): SchemaFacts {
  const facts = new Map<string, string>();
  const walk = (part: Schema, path: string) => {
    facts.set(path, describe(publishedSchema(part)));
    if (part.properties && seen.has(part)) {
      return;
    }
    seen.add(part);
    for (const [name, property] of Object.entries(part.properties ?? {})) {
      walk(property, `${path}.${name}`);
    }
    if (part.items) {
      walk(part.items, `${path}[]`);
    }
    if (part.additionalProperties) {
      walk(part.additionalProperties, `${path}{}`);
    }
  };
  walk(schema, '');
  return new Map([...facts].filter(([path]) => path && !EMBEDDED.test(path)));
}

function describe(part: JsonObject): string {
  const words = WORDS.filter(word => part[word] !== undefined).map(
    word => `${word}=${JSON.stringify(part[word])}`,
  );
  const lists = LISTS.filter(list => asArray(part[list])?.length).map(
    list => `${list}=${(asArray(part[list]) ?? []).join(',')}`,
  );
  const rules = (asArray(part['x-kubernetes-validations']) ?? []).map(
    rule => `rule=${asObject(rule)?.rule} (${asObject(rule)?.message})`,
  );
  const type = part['x-kubernetes-int-or-string']
    ? 'int-or-string'
    : (asString(part.type) ?? 'any');
  return [type, ...words, ...lists, ...rules].join(' ');
}
