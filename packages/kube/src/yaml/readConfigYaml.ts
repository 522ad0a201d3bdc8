import { jsYaml } from '../libraries';
import { readPlainYaml } from './plainYaml';

/**
 * Reads the YAML of a configuration: texts, numbers, truth values, lists and mappings.
 *
 * @returns `undefined` for an empty document
 * @throws {YAMLException} of `js-yaml`, whose message quotes the text; `reason` and
 * `mark` don't
 */
export function readConfigYaml(text: string): unknown {
  const plain = readPlainYaml(text);
  if (plain) {
    return plain.value ?? undefined;
  }
  const { CORE_SCHEMA, load } = jsYaml();
  return load(text, { schema: CORE_SCHEMA }) ?? undefined;
}
