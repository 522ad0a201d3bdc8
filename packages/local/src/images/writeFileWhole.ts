import { rename, writeFile } from 'node:fs/promises';

/** Writes a file so that a reader sees the old content or the new, never half of it. */
export async function writeFileWhole(
  path: string,
  content: string,
): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, content);
  await rename(temporary, path);
}
