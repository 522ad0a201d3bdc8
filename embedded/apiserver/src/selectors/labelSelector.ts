import { badRequest } from '../errors/statusErrors';

/** Says whether an object's labels match. */
export type LabelSelector = (
  labels: Readonly<Record<string, string>>,
) => boolean;

const SET_BASED = /^\s*([^\s!=,()]+)\s+(in|notin)\s*\(([^()]*)\)\s*$/;
const EQUALITY = /^\s*([^\s!=,()<>]+)\s*(==|=|!=)\s*([^\s!=,()]*)\s*$/;
const COMPARISON = /^\s*([^\s!=,()<>]+)\s*(<|>)\s*(-?\d+)\s*$/;
const EXISTS = /^\s*(!?)\s*([^\s!=,()<>]+)\s*$/;

/**
 * Parses `a=b,c!=d,e in (f,g),h,!i,j>1` (k8s.io/apimachinery/pkg/labels).
 *
 * @throws {StatusError} when it can't be read
 */
export function parseLabelSelector(text: string | undefined): LabelSelector {
  if (!text?.trim()) {
    return () => true;
  }
  const requirements = splitOutsideParentheses(text).map(part =>
    parseRequirement(part, text),
  );
  return labels => requirements.every(holds => holds(labels));
}

function parseRequirement(part: string, whole: string): LabelSelector {
  const setBased = SET_BASED.exec(part);
  if (setBased) {
    const [, key, operator, list] = setBased;
    const values = new Set(list.split(',').map(value => value.trim()));
    return operator === 'in'
      ? labels => key in labels && values.has(labels[key])
      : labels => !(key in labels) || !values.has(labels[key]);
  }
  const equality = EQUALITY.exec(part);
  if (equality) {
    const [, key, operator, value] = equality;
    return operator === '!='
      ? labels => labels[key] !== value
      : labels => labels[key] === value;
  }
  const comparison = COMPARISON.exec(part);
  if (comparison) {
    const [, key, operator, bound] = comparison;
    return labels => {
      const value = Number(labels[key] ?? NaN);
      return operator === '>' ? value > Number(bound) : value < Number(bound);
    };
  }
  const exists = EXISTS.exec(part);
  if (exists) {
    const [, not, key] = exists;
    return labels => key in labels === !not;
  }
  throw badRequest(
    `unable to parse requirement: found '${part.trim()}' in label selector "${whole}"`,
  );
}

function splitOutsideParentheses(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') {
      depth++;
    } else if (text[i] === ')') {
      depth--;
    } else if (text[i] === ',' && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  return [...parts, text.slice(start)];
}
