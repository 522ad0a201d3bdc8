/** What a parameter can be set to. */
export type ParameterValue = string | number | boolean;

/** One parameter, in the words of JSON Schema draft-07. */
export interface Parameter {
  readonly type: 'string' | 'number' | 'integer' | 'boolean';
  readonly title?: string;
  readonly description?: string;
  /** What the program takes where the parameter isn't set. */
  readonly default?: ParameterValue;
  readonly enum?: readonly ParameterValue[];
  readonly minimum?: number;
  readonly maximum?: number;
  /** Characters */
  readonly minLength?: number;
  /** Characters */
  readonly maxLength?: number;
  /** In the syntax of RE2, and found anywhere in the text, as JSON Schema has it. */
  readonly pattern?: string;
}

/** What a workload's `parameters.schema.json` says. */
export interface ParameterSchema {
  readonly title?: string;
  readonly description?: string;
  readonly type: 'object';
  readonly required?: readonly string[];
  readonly properties: Readonly<Record<string, Parameter>>;
}

/** Name of the file, beside the catalog file of the workload. */
export const PARAMETERS_FILE = 'parameters.schema.json';

/** Most bytes of that file. */
export const MOST_SCHEMA_BYTES = 64 * 1024;

/** Most characters of one value. */
export const MOST_VALUE_LENGTH = 2_000;
