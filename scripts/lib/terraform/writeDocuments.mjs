import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../paths.mjs';
import { terraformDocuments } from './documents.mjs';

for (const { path, text } of await terraformDocuments()) {
  await writeFile(join(root, path), text);
}
