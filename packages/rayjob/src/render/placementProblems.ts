import { validateLabelValue } from '../values/validation';
import type { NodePlacement, Toleration } from './podRequest';

type Problem = string | undefined;

const PART = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const KEY = new RegExp(
  `^(${PART}(\\.${PART})*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$`,
);
/** Of a prefix, a slash and a name. */
const LONGEST_KEY = 253 + 1 + 63;

const OPERATORS = ['Exists', 'Equal'];
const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

const labelKey = (key: string): Problem =>
  key.length <= LONGEST_KEY && KEY.test(key)
    ? undefined
    : `'${key}' can't be the key of a label or taint; write name or prefix/name, for example nvidia.com/gpu`;

const oneOf = (what: string, value: string, known: string[]): Problem =>
  known.includes(value)
    ? undefined
    : `'${value}' is not ${what} of a toleration; use ${known.join(', ')}`;

function* tolerationProblems(toleration: Toleration): Generator<Problem> {
  const { key, operator = 'Equal', value, effect } = toleration;
  yield oneOf('an operator', operator, OPERATORS);
  if (key) {
    yield labelKey(key);
  } else if (operator !== 'Exists') {
    yield 'A toleration without a key needs the operator Exists';
  }
  if (value) {
    yield operator === 'Exists'
      ? 'A toleration with the operator Exists takes no value'
      : validateLabelValue(value);
  }
  if (effect) {
    yield oneOf('an effect', effect, EFFECTS);
  }
}

/** What is wrong with where pods are to run, by the rules of Kubernetes. */
export function* placementProblems({
  nodeSelector = {},
  tolerations = [],
}: NodePlacement): Generator<Problem> {
  for (const [key, value] of Object.entries(nodeSelector)) {
    yield labelKey(key);
    yield validateLabelValue(value);
  }
  for (const toleration of tolerations) {
    yield* tolerationProblems(toleration);
  }
}
