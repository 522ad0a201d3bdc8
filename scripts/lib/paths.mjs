import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const toolchainDir = join(root, '.toolchain');
export const localDir = join(root, '.local');
