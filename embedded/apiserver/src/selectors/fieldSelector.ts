import { badRequest } from '../errors/statusErrors';
import { KubeObject } from '../model/KubeObject';
import { ResourceType } from '../model/ResourceType';

/** Says whether an object, in its stored form, matches. */
export type FieldSelector = (object: KubeObject) => boolean;

interface Term {
  readonly field: string;
  readonly equal: boolean;
  readonly value: string;
}

/**
 * Parses `metadata.name=x,status.phase!=Running` for the fields that the
 * resource can select by.
 *
 * @throws {StatusError} when it names any other field
 */
export function parseFieldSelector(
  text: string | undefined,
  type: ResourceType,
): FieldSelector {
  const terms = splitTerms(text);
  const readers = terms.map(term => ({ term, read: reader(type, term.field) }));
  return object =>
    readers.every(
      ({ term, read }) => (read(object) === term.value) === term.equal,
    );
}

function splitTerms(text: string | undefined): Term[] {
  return (text ?? '')
    .split(/(?<!\\),/)
    .filter(part => part.trim())
    .map(part => {
      const match = /^(.*?)(!=|==|=)(.*)$/.exec(part);
      if (!match) {
        throw badRequest(
          `invalid selector: '${text}'; can't understand '${part}'`,
        );
      }
      return {
        field: match[1].trim(),
        equal: match[2] !== '!=',
        value: match[3].replace(/\\([\\,=])/g, '$1').trim(),
      };
    });
}

function reader(
  type: ResourceType,
  field: string,
): (object: KubeObject) => string {
  if (field === 'metadata.name') {
    return object => object.metadata.name;
  }
  if (field === 'metadata.namespace' && type.namespaced) {
    return object => object.metadata.namespace ?? '';
  }
  const known = Object.hasOwn(type.selectableFields, field)
    ? type.selectableFields[field]
    : undefined;
  if (!known) {
    throw badRequest(`field label not supported: ${field}`);
  }
  return known;
}
