import Ajv, { type ValidateFunction } from 'ajv';
import { RE2JS } from 're2js';
import type { Parameter } from './ParameterSchema';

/**
 * Patterns come from whoever writes a workload, and are matched in the portal: RE2 takes
 * time in proportion to the text, whatever the pattern is.
 */
function compilePattern(pattern: string) {
  const compiled = RE2JS.compile(pattern);
  return {
    test: (text: string) => compiled.matcher(text).find(),
    // Ajv tells patterns apart by it.
    toString: () => pattern,
  };
}

const ajv = new Ajv({
  // The schema of all schemas tells what may stand in one.
  strict: false,
  code: {
    regExp: Object.assign(compilePattern, { code: 'compilePattern' }),
  },
});

/** @throws {Error} for a pattern that is none of RE2 */
export function compile<T>(schema: object): ValidateFunction<T> {
  try {
    return ajv.compile<T>(schema);
  } finally {
    // Schemas of workloads come and go, and Ajv would keep each.
    ajv.removeSchema(schema);
  }
}

const known = new WeakMap<Parameter, ValidateFunction>();

/** The check of one parameter's values. */
export function validatorOf(parameter: Parameter): ValidateFunction {
  const validate = known.get(parameter) ?? compile(parameter);
  known.set(parameter, validate);
  return validate;
}
