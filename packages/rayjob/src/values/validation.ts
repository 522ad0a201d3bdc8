import { isError } from '@backstage/errors';
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
    : 'Use lowercase letters, digits and hyphens; start with a letter, and end with a letter or digit';
}

/** Name of a namespace: DNS-1123 label, at most 63 characters. */
export function validateNamespace(namespace: string): Problem {
  if (!namespace) {
    return 'The namespace is empty; name one, for example training';
  }
  if (namespace.length > 63) {
    return `The namespace has ${namespace.length} characters; shorten it to 63`;
  }
  return DNS_1123.test(namespace)
    ? undefined
    : 'Use lowercase letters, digits and hyphens; start and end with a letter or digit';
}

/** A quantity above zero, for example `2`, `500m` or `4Gi`. */
export function validateQuantity(quantity: string | number): Problem {
  let value: number;
  try {
    value = parseQuantity(quantity);
  } catch (error) {
    return isError(error) ? error.message : String(error);
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
    return `${quantity} means ${cores} cores; give cores, for example 2, or milliCPU, for example 500m`;
  }
  return cores < 0.001
    ? 'Ask for at least 1m (a thousandth of a core)'
    : undefined;
}

/** Memory for one pod: bytes, with a unit. */
export function validateMemory(quantity: string | number): Problem {
  const problem = validateQuantity(quantity);
  if (problem) {
    return problem;
  }
  return parseQuantity(quantity) < 1024 * 1024
    ? `${quantity} is less than one megabyte; add a unit, for example 512Mi or 4Gi`
    : undefined;
}

/** Name of a service account, as this platform gives them: a DNS-1123 label. */
export function validateServiceAccount(name: string): Problem {
  return DNS_1123.test(name) && name.length <= 63
    ? undefined
    : `'${name}' can't name a service account; use at most 63 lowercase letters, digits and hyphens, and start and end with a letter or digit`;
}

/** Address of a bucket of Google Cloud Storage. */
export function validateBucket(address: string): Problem {
  return /^gs:\/\/[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/.test(address)
    ? undefined
    : `'${address}' isn't the address of a bucket; write it as gs://my-bucket`;
}

/** Name of an environment variable, as a shell takes it. */
export function validateEnvName(name: string): Problem {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
    ? undefined
    : `'${name}' can't name an environment variable; use letters, digits and underscores, and don't start with a digit`;
}

/** Tag of an image, by the rule of the OCI distribution specification. */
export function validateImageTag(tag: string): Problem {
  if (!tag) {
    return 'The version is empty; give one, for example 1.0.0';
  }
  return /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(tag)
    ? undefined
    : `'${tag}' can't be an image tag; use at most 128 letters, digits, dots, hyphens and underscores, and don't start with a dot or hyphen`;
}

/** Value of a label: empty or at most 63 characters. */
export function validateLabelValue(value: string): Problem {
  return /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/.test(value)
    ? undefined
    : `'${value}' can't be a label; use at most 63 letters, digits, dots, hyphens and underscores, and start and end with a letter or digit`;
}

/** A reference to an image, by the rule of the OCI distribution specification. */
export function validateImage(image: string): Problem {
  return /^[a-zA-Z0-9][a-zA-Z0-9.-]*(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[a-f0-9]{64})?$/.test(
    image,
  )
    ? undefined
    : `'${image}' is not an image reference; write registry/name:version`;
}
