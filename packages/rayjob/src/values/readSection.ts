import { InputError } from '@backstage/errors';
import { isObject } from '../policy/fields';

/** Reads one value of a configuration. */
export type Reader<T> = (value: unknown, path: string) => T;

/** @throws {InputError} that names the value */
export function fail(path: string, expected: string): never {
  throw new InputError(`The config value ${path} has to be ${expected}`);
}

/**
 * Reads a section whose keys are all known: one that is misspelled is refused.
 * @throws {InputError} that names the value, and what it has to be
 */
export function readObject<T extends object>(
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

export const strings: Reader<readonly string[]> = (value, path) =>
  Array.isArray(value) &&
  value.every((item): item is string => typeof item === 'string' && item !== '')
    ? value
    : fail(path, 'a list of names');

/** A Kubernetes quantity. */
export const amount =
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

export const count: Reader<number> = (value, path) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0
    ? value
    : fail(path, 'a whole number');

export const text: Reader<string> = (value, path) =>
  typeof value === 'string' && value.trim() !== ''
    ? value
    : fail(path, 'a text');

export const flag: Reader<boolean> = (value, path) =>
  typeof value === 'boolean' ? value : fail(path, 'true or false');

/** A number of zero or more. */
export const price: Reader<number> = (value, path) =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0
    ? value
    : fail(path, 'a number of zero or more');

/** A list with something of one kind. */
export const listOf =
  <T>(read: Reader<T>): Reader<readonly T[]> =>
  (value, path) =>
    Array.isArray(value)
      ? value.map((item, index) => read(item, `${path}[${index}]`))
      : fail(path, 'a list');

/** Something of one kind for each name. */
export const recordOf =
  <T>(read: Reader<T>): Reader<Readonly<Record<string, T>>> =>
  (value, path) =>
    isObject(value)
      ? Object.fromEntries(
          Object.entries(value).map(([name, item]) => [
            name,
            read(item, `${path}.${name}`),
          ]),
        )
      : fail(path, 'an object with the name of each');
