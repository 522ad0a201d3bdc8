import { InputError } from '@backstage/errors';
import { parseBytes, parseCpu, parseQuantity } from '../values/quantities';
import { isObject } from './fields';

/** Most that one job may ask for, with every worker that it may grow to. */
export interface JobLimits {
  /** milliCPU */
  readonly cpu?: number;
  /** bytes */
  readonly memory?: number;
  readonly workers?: number;
  /** By the name of the extended resource; one that is not named has no limit. */
  readonly accelerators?: Readonly<Record<string, number>>;
}

/** What a job's specification may ask for. A list that is absent allows all. */
export interface JobPolicy {
  /** `privileged` turns the checks of pods off. */
  readonly podSecurity: 'baseline' | 'privileged';
  readonly namespaces?: readonly string[];
  /** `default`, which a pod has that names none, is always allowed. */
  readonly serviceAccounts?: readonly string[];
  /** Where images may come from: a registry's host, or a path below it. */
  readonly registries?: readonly string[];
  readonly limits?: JobLimits;
}

/** Pod Security "baseline", and nothing else. */
export const DEFAULT_JOB_POLICY: JobPolicy = { podSecurity: 'baseline' };

const SECTION = 'ray.policy';

type Reader<T> = (value: unknown, path: string) => T;

function fail(path: string, expected: string): never {
  throw new InputError(`The config value ${path} has to be ${expected}`);
}

function readObject<T extends object>(
  value: unknown,
  path: string,
  readers: { readonly [K in keyof T]-?: Reader<T[K]> },
): Partial<T> {
  if (!isObject(value)) {
    return fail(path, 'an object');
  }
  const known = Object.keys(readers);
  const unknown = Object.keys(value).find(key => !known.includes(key));
  if (unknown !== undefined) {
    throw new InputError(
      `The config value ${path}.${unknown} is not known; use ${known.join(', ')}`,
    );
  }
  const result: Partial<T> = {};
  for (const key in readers) {
    if (value[key] !== undefined) {
      result[key] = readers[key](value[key], `${path}.${key}`);
    }
  }
  return result;
}

const strings: Reader<readonly string[]> = (value, path) =>
  Array.isArray(value) &&
  value.every((item): item is string => typeof item === 'string' && item !== '')
    ? value
    : fail(path, 'a list of names');

const amount =
  (parse: (quantity: string | number) => number): Reader<number> =>
  (value, path) => {
    if (typeof value === 'string' || typeof value === 'number') {
      try {
        return parse(value);
      } catch {
        // Said below, with the name of the value.
      }
    }
    return fail(path, 'a quantity, for example 64 or 512Gi');
  };

const count: Reader<number> = (value, path) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0
    ? value
    : fail(path, 'a whole number');

const accelerators: Reader<Readonly<Record<string, number>>> = (value, path) =>
  isObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([name, most]) => [
          name,
          amount(parseQuantity)(most, `${path}.${name}`),
        ]),
      )
    : fail(path, 'an object with the name of each resource');

const limits: Reader<JobLimits> = (value, path) =>
  readObject<JobLimits>(value, path, {
    cpu: amount(parseCpu),
    memory: amount(parseBytes),
    workers: count,
    accelerators,
  });

const podSecurity: Reader<JobPolicy['podSecurity']> = (value, path) =>
  value === 'baseline' || value === 'privileged'
    ? value
    : fail(path, 'baseline or privileged');

/**
 * Reads the section `ray.policy` of the configuration; without one, the default.
 *
 * @throws {InputError} when the section is not a policy; a value that is
 *   misspelled must not leave a door open
 */
export function readJobPolicy(section: unknown): JobPolicy {
  return {
    ...DEFAULT_JOB_POLICY,
    ...(section === undefined
      ? {}
      : readObject<JobPolicy>(section, SECTION, {
          podSecurity,
          namespaces: strings,
          serviceAccounts: strings,
          registries: strings,
          limits,
        })),
  };
}
