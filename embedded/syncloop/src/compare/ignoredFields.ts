import { IgnoreDifference } from '../application/Application';
import { groupOf, KubeManifest } from '../types';

/** A way into an object: names of fields, and `[]` for every element of a list. */
type FieldPath = readonly string[];

const EVERY = '[]';

function fromPointer(pointer: string): FieldPath {
  return pointer
    .split('/')
    .slice(1)
    .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'));
}

/** The part of jq that such rules use: `.spec.groups[].ports[]?.protocol`. */
function fromJq(expression: string): FieldPath | undefined {
  if (!/^(\.[\w-]+(\[\]\??)?)+$/.test(expression)) return undefined;
  return expression
    .replaceAll('[]?', EVERY)
    .split('.')
    .slice(1)
    .flatMap(part =>
      part.endsWith(EVERY) ? [part.slice(0, -EVERY.length), EVERY] : [part],
    );
}

/** The fields of an object that others may set, by the Application's rules. */
export function ignoredFields(
  rules: readonly IgnoreDifference[],
  object: KubeManifest,
): FieldPath[] {
  const { name, namespace } = object.metadata;
  return rules
    .filter(
      rule =>
        (rule.group === '*' || rule.group === groupOf(object.apiVersion)) &&
        (rule.kind === '*' || rule.kind === object.kind) &&
        (rule.name === undefined || rule.name === name) &&
        (rule.namespace === undefined || rule.namespace === namespace),
    )
    .flatMap(rule => [
      ...rule.jsonPointers.map(fromPointer),
      ...rule.jqPathExpressions.map(fromJq).filter(path => path !== undefined),
    ]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The desired value with the live one's content in a field: what is there is
 * taken over, what is not is left out.
 */
function takeOver(desired: unknown, live: unknown, path: FieldPath): unknown {
  const [step, ...rest] = path;
  if (step === EVERY) {
    if (!Array.isArray(desired)) return desired;
    return desired.map((item, index) =>
      takeOver(item, Array.isArray(live) ? live[index] : undefined, rest),
    );
  }
  if (!isRecord(desired)) return desired;
  const inLive = isRecord(live) ? live[step] : undefined;
  if (rest.length > 0) {
    return step in desired
      ? { ...desired, [step]: takeOver(desired[step], inLive, rest) }
      : desired;
  }
  const { [step]: _ours, ...others } = desired;
  return inLive === undefined ? others : { ...others, [step]: inLive };
}

/** What is wanted of a live object once the ignored fields are left as they are. */
export function withIgnoredFields(
  desired: KubeManifest,
  live: KubeManifest,
  rules: readonly IgnoreDifference[],
): KubeManifest {
  return ignoredFields(rules, desired).reduce<KubeManifest>(
    (object, path) => ({
      ...object,
      ...(takeOver(object, live, path) as Partial<KubeManifest>),
    }),
    desired,
  );
}
