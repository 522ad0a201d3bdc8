import { isObject } from '../policy/fields';
import { readYaml } from '../yaml/readYaml';
import { writeYaml } from '../yaml/writeYaml';

/** Stands in the place of a value that may be a secret. */
export const REDACTED = '[redacted]';

/** kubectl repeats the whole manifest in it. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** A user with a password in an address, or a token where the user stands. */
const URL_CREDENTIALS =
  /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@:]*:[^\s/@]+@|\b((?:git\+)?https?:\/\/)[^\s/@]+@/gi;

/** Keeps what refers to a secret by name, and that a value is empty. */
function withoutValue(item: unknown): unknown {
  return isObject(item) && item.value !== undefined && item.value !== ''
    ? { ...item, value: REDACTED }
    : item;
}

function withoutValues(values: unknown): unknown {
  return isObject(values)
    ? Object.fromEntries(Object.keys(values).map(key => [key, REDACTED]))
    : REDACTED;
}

function redactRuntimeEnv(text: string): string {
  try {
    const runtimeEnv = readYaml(text);
    return isObject(runtimeEnv)
      ? writeYaml(redactManifest(runtimeEnv))
      : REDACTED;
  } catch {
    // Nobody can say which part of it is a value.
    return REDACTED;
  }
}

function redact(key: string, value: unknown): unknown {
  if (key === LAST_APPLIED) {
    return undefined;
  }
  if (key === 'env' && Array.isArray(value)) {
    return value.map(withoutValue);
  }
  if (key === 'env_vars') {
    return withoutValues(value);
  }
  if (/password$/i.test(key) && value !== '') {
    return isObject(value) ? withoutValue(value) : REDACTED;
  }
  if (typeof value === 'string') {
    const text = value.replace(
      URL_CREDENTIALS,
      (_, scheme?: string, http?: string) => `${scheme ?? http}${REDACTED}@`,
    );
    return key === 'runtimeEnvYAML' && text ? redactRuntimeEnv(text) : text;
  }
  return value;
}

/**
 * A copy of a manifest without the values of environment variables, passwords and
 * credentials in addresses. Names stay, also those of Secrets that values come
 * from.
 */
export function redactManifest<Manifest>(manifest: Manifest): Manifest {
  return JSON.parse(JSON.stringify(manifest, redact));
}

/** True for a manifest of which {@link redactManifest} took something away. */
export function isRedacted(manifest: object): boolean {
  return JSON.stringify(manifest).includes(REDACTED);
}
