import { isValid } from './checkParameters';
import { MOST_SCHEMA_BYTES } from './ParameterSchema';
import { readParameterSchema } from './readParameterSchema';

const refusal = (schema: object) => {
  try {
    readParameterSchema(JSON.stringify(schema), 'x.json');
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('It was not refused');
};
const withParameter = (a: object) => ({ type: 'object', properties: { a } });

describe('readParameterSchema', () => {
  it.each([
    [
      withParameter({ type: 'string', format: 'uri' }),
      "x.json: properties.a has 'format', which parameters don't take",
    ],
    [
      withParameter({ type: 'string', minimum: 1 }),
      'x.json: minimum of a is for number and integer alone',
    ],
    [
      withParameter({ type: 'integer', default: 0, minimum: 1 }),
      'x.json: The default of a is not a whole number of at least 1',
    ],
    [
      withParameter({ type: 'integer', enum: [1, '2'] }),
      "x.json: The choice '2' of a is not a whole number",
    ],
    [
      { type: 'object', properties: {}, required: ['b'] },
      "x.json: 'b' is required, and there is no such parameter",
    ],
    [{ type: 'array', properties: {} }, 'x.json: type must be "object"'],
  ])('says what is wrong in %j', (schema, message) => {
    expect(refusal(schema)).toBe(message);
  });

  it('refuses a file that is too large', () => {
    const description = 'x'.repeat(MOST_SCHEMA_BYTES);
    expect(refusal({ description })).toMatch(/has more than 65536/);
  });

  it('matches any pattern in time that grows with the text alone', () => {
    const { properties } = readParameterSchema(
      JSON.stringify(withParameter({ type: 'string', pattern: '^(a+)+$' })),
      'x.json',
    );
    const started = performance.now();
    expect(isValid(properties.a, `${'a'.repeat(1_500)}!`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
