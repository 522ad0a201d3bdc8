import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkParameters, type ParameterValues } from './checkParameters';
import { describeParameter } from './describeParameter';
import type { Parameter } from './ParameterSchema';
import { readParameterSchema } from './readParameterSchema';

const read = (file: string) =>
  readFileSync(join(__dirname, '../golden', file), 'utf8');
const lines = (file: string) => read(file).trimEnd().split('\n');

interface Outcome {
  readonly is?: Readonly<Record<string, string>>;
  readonly error?: string;
}

interface ValuesCase extends Outcome {
  readonly values: ParameterValues;
}

describe('the golden parameters', () => {
  const schema = readParameterSchema(read('schema.json'), 'schema.json');

  const outcomeOf = (values: ParameterValues): Outcome => {
    try {
      return { is: checkParameters(schema, values) };
    } catch (error) {
      return { error: (error as Error).message };
    }
  };

  it.each(lines('values.ndjson'))('come to what is said: %s', line => {
    const { values, ...expected } = JSON.parse(line) as ValuesCase;
    expect(outcomeOf(values)).toEqual(expected);
  });

  it.each(lines('takes.ndjson'))('say what they take: %s', line => {
    const { parameter, takes } = JSON.parse(line) as {
      readonly parameter: Parameter;
      readonly takes: string;
    };
    expect(describeParameter(parameter)).toBe(takes);
  });

  it.each(lines('schemas.ndjson'))('are refused as a schema: %s', line => {
    const text = line === '"not json"' ? 'not json' : line;
    expect(() => readParameterSchema(text, 'a/parameters.schema.json')).toThrow(
      /^a\/parameters\.schema\.json: \S/,
    );
  });
});
