import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Puts a shell script into a folder, for a PATH that has nothing else. */
export async function putProgram(
  folder: string,
  name: string,
  script: string,
): Promise<void> {
  const file = join(folder, name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}
