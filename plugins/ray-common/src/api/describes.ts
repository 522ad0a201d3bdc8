import type { z } from 'zod';

/** The same type with `readonly` everywhere, as answers are passed on. */
export type DeepReadonly<T> = T extends (...args: never[]) => unknown
  ? T
  : T extends readonly (infer Item)[]
    ? readonly DeepReadonly<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
      : T;

type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2
    ? true
    : false;

/** What a schema lets through, as answers are passed on. */
export type Described<Schema extends z.ZodType> = DeepReadonly<
  z.output<Schema>
>;

/**
 * Holds a schema to a type that is written by hand elsewhere: it compiles only
 * when the schema describes exactly that type, optional fields included.
 */
export function describes<Type>() {
  return <Schema extends z.ZodType>(
    schema: Equal<Described<Schema>, DeepReadonly<Type>> extends true
      ? Schema
      : ['The schema differs from the type', Described<Schema>],
  ): Schema => schema as Schema;
}
