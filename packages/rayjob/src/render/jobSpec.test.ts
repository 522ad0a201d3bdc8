import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jobManifest, type JobSpec } from './jobSpec';
import { writeManifest } from './writeManifest';

const FOLDER = join(__dirname, '../../golden');

interface GoldenCase {
  readonly spec: JobSpec;
  readonly origin: { readonly namespace: string; readonly now: string };
}

const cases = readdirSync(FOLDER)
  .filter(file => file.endsWith('.json'))
  .map(file => file.replace(/\.json$/, ''));

/** What comes of a case, and the file that says what should. */
function outcome(name: string): { readonly text: string; file: string } {
  const json = readFileSync(join(FOLDER, `${name}.json`), 'utf8');
  const { spec, origin } = JSON.parse(json) as GoldenCase;
  try {
    const now = new Date(origin.now);
    return {
      text: writeManifest(jobManifest(spec, { ...origin, now })),
      file: `${name}.yaml`,
    };
  } catch (error) {
    return { text: `${(error as Error).message}\n`, file: `${name}.error.txt` };
  }
}

describe('jobManifest', () => {
  it.each(cases)('writes the golden file of %s', name => {
    const { text, file } = outcome(name);
    expect(text).toBe(readFileSync(join(FOLDER, file), 'utf8'));
  });

  it('has cases to be held to', () => {
    expect(cases.length).toBeGreaterThan(5);
  });
});
