import { JOB_NAME_MAX_LENGTH } from './jobName';
import { parseQuantity } from './quantities';

/**
 * Each function answers what is wrong with a value and what to do about it, or
 * `undefined` for a good value. One rule for form, actions and routes.
 */
type Problem = string | undefined;

const DNS_1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const DNS_1123 = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Name of a RayJob: DNS-1035, at most 47 characters (KubeRay's own rule). */
export function validateJobName(name: string): Problem {
  if (!name) {
    return 'The name is empty; give the job a name';
  }
  if (name.length > JOB_NAME_MAX_LENGTH) {
    return `The name has ${name.length} characters; shorten it to ${JOB_NAME_MAX_LENGTH}`;
  }
  return DNS_1035.test(name)
    ? undefined
    : 'Use small letters, digits and dashes; start with a letter, end with a letter or digit';
}

/** Name of a namespace: DNS-1123 label, at most 63 characters. */
export function validateNamespace(namespace: string): Problem {
  if (!namespace) {
    return 'The namespace is empty; name one, as training';
  }
  if (namespace.length > 63) {
    return `The namespace has ${namespace.length} characters; shorten it to 63`;
  }
  return DNS_1123.test(namespace)
    ? undefined
    : 'Use small letters, digits and dashes; start and end with a letter or digit';
}

/** A quantity above zero, as `2`, `500m`, `4Gi`. */
export function validateQuantity(quantity: string | number): Problem {
  let value: number;
  try {
    value = parseQuantity(quantity);
  } catch {
    return `'${quantity}' is not a quantity; write it as 2, 500m or 4Gi`;
  }
  return value > 0 ? undefined : 'The quantity must be above zero';
}

/** CPU for one pod: cores, or milliCPU with the suffix m. */
export function validateCpu(quantity: string | number): Problem {
  const problem = validateQuantity(quantity);
  if (problem) {
    return problem;
  }
  const cores = parseQuantity(quantity);
  if (cores > 1024) {
    return `${quantity} means ${cores} cores; write cores as 2 or milliCPU as 500m`;
  }
  return cores < 0.001
    ? 'Kubernetes gives no less than 1m (a thousandth of a core)'
    : undefined;
}

/** Memory for one pod: bytes, with a unit. */
export function validateMemory(quantity: string | number): Problem {
  const problem = validateQuantity(quantity);
  if (problem) {
    return problem;
  }
  return parseQuantity(quantity) < 1024 * 1024
    ? `${quantity} is less than one megabyte; add a unit, as 512Mi or 4Gi`
    : undefined;
}

/** Name of an environment variable, as a shell takes it. */
export function validateEnvName(name: string): Problem {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
    ? undefined
    : `'${name}' is no name for an environment variable; use letters, digits and _, and start with no digit`;
}

/** Tag of an image, by the rule of the OCI distribution specification. */
export function validateImageTag(tag: string): Problem {
  if (!tag) {
    return 'The version is empty; name one, as 1.0.0';
  }
  return /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(tag)
    ? undefined
    : `'${tag}' can't be an image tag; use at most 128 letters, digits, dots, dashes and _, and start with none of . and -`;
}

/** Value of a label: empty or at most 63 characters. */
export function validateLabelValue(value: string): Problem {
  return /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/.test(value)
    ? undefined
    : `'${value}' can't be a label; use at most 63 letters, digits, dots, dashes and _, and start and end with a letter or digit`;
}

/** A reference to an image, by the rule of the OCI distribution specification. */
export function validateImage(image: string): Problem {
  return /^[a-zA-Z0-9][a-zA-Z0-9.-]*(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[a-f0-9]{64})?$/.test(
    image,
  )
    ? undefined
    : `'${image}' is no image reference; write it as registry/name:version`;
}
