import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CLIENT_TYPES, clientTypes } from './clientTypes';

async function main(): Promise<void> {
  const file = join(__dirname, '../../..', CLIENT_TYPES);
  await writeFile(file, await clientTypes());
  process.stdout.write(`Wrote ${CLIENT_TYPES}\n`);
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
