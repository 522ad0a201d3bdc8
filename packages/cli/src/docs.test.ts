import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cliDocument } from '../dev/cliDocument';

/** Prettier pads tables and wraps; the words are what counts. */
const words = (text: string) => text.replace(/[-|\s]+/g, ' ').trim();

describe('docs/cli.md', () => {
  it('has all commands and options as they are; npm run generate writes it', async () => {
    const file = join(__dirname, '../../../docs/cli.md');
    expect(words(await readFile(file, 'utf8'))).toBe(words(cliDocument()));
  });
});
