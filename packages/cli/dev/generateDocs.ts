import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { cliDocument } from './cliDocument';

const FILE = join(__dirname, '../../../docs/cli.md');

async function main(): Promise<void> {
  const config = await resolveConfig(FILE);
  writeFileSync(
    FILE,
    await format(cliDocument(), { ...config, filepath: FILE }),
  );
}

main();
