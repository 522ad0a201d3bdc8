import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PARAMETERS_FILE } from './ParameterSchema';
import { readParameterSchema } from './readParameterSchema';

const ROOT = join(__dirname, '../../..');
const FILES = ['workloads/*', 'templates/create-workload/skeleton'].flatMap(
  folder => globSync(`${folder}/${PARAMETERS_FILE}`, { cwd: ROOT }),
);

describe('the workloads of this repository', () => {
  it('have parameters, and so has a new one', () => {
    expect(FILES.length).toBeGreaterThanOrEqual(3);
  });

  it.each(FILES)('describe each parameter, with its default: %s', file => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    for (const parameter of Object.values(
      readParameterSchema(text, file).properties,
    )) {
      expect(parameter).toEqual(
        expect.objectContaining({
          title: expect.any(String),
          description: expect.stringMatching(/\.$/),
          default: expect.anything(),
        }),
      );
    }
  });
});
