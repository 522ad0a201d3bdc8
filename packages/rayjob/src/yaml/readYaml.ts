import { InputError, isError } from '@backstage/errors';
import { isScalar, parseAllDocuments, type ParsedNode } from 'yaml';
import { KUBERNETES_YAML } from './kubernetesTags';

/** Most values of a document once its aliases are written out. */
const MOST_VALUES = 1_000_000;

function sameKey(a: ParsedNode, b: ParsedNode): boolean {
  return (
    isScalar(a) &&
    isScalar(b) &&
    typeof a.value !== 'symbol' &&
    String(a.value) === String(b.value)
  );
}

/** A copy that shares nothing, in which each alias is written out. */
function expand(value: unknown, budget: { left: number }): unknown {
  budget.left -= 1;
  if (budget.left < 0) {
    throw new Error('Its aliases make it too large');
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new Error('It has a number that is infinite or not a number');
  }
  if (Array.isArray(value)) {
    return value.map(item => expand(item, budget));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, expand(item, budget)]),
      )
    : value;
}

function reasonOf(error: unknown): string {
  if (String(error).includes('Maximum call stack size exceeded')) {
    return 'It is nested too deeply, or an anchor contains itself';
  }
  return isError(error)
    ? error.message.split('\n')[0].replace(/:$/, '')
    : String(error);
}

/**
 * Reads YAML as Kubernetes' own tools do: YAML 1.1 words (`yes` is true),
 * merge keys, anchors. An empty document is `null`.
 *
 * @throws {InputError} when it isn't YAML, has a key twice in one mapping, or
 *   is a bomb of aliases
 */
export function readYamlDocuments(text: string): unknown[] {
  try {
    const documents = parseAllDocuments(text, {
      ...KUBERNETES_YAML,
      uniqueKeys: sameKey,
    });
    return [...documents].map(document => {
      if (document.errors.length > 0) {
        throw document.errors[0];
      }
      const value: unknown = document.toJS({ maxAliasCount: -1 });
      return expand(value, { left: MOST_VALUES });
    });
  } catch (error) {
    throw new InputError(`Couldn't read the YAML: ${reasonOf(error)}`);
  }
}

/**
 * Reads the one document of a text; see {@link readYamlDocuments}.
 *
 * @throws {InputError} when it isn't YAML, or holds several documents
 */
export function readYaml(text: string): unknown {
  const [document = null, ...others] = readYamlDocuments(text);
  if (others.length > 0) {
    throw new InputError(
      `Couldn't read the YAML: it holds ${others.length + 1} documents; keep one`,
    );
  }
  return document;
}
