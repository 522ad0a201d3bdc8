import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { InputError, isError } from '@backstage/errors';

const FILE_LINE = /^\s*(?:-r|--requirement|-c|--constraint)[=\s]\s*(\S+)/;
const EDITABLE_LINE = /^\s*(?:-e|--editable)[=\s]\s*([./]\S*)/;
const LOCAL_LINE = /^\s*(?:\.{0,2}\/|file:|\.{1,2}(?:\[|\s|$))/;

interface Read {
  readonly contents: string[];
  usesContext: boolean;
}

async function readRequirements(rootDir: string, path: string, read: Read) {
  let text: string;
  try {
    text = await readFile(join(rootDir, path), 'utf8');
  } catch (error) {
    if (
      !['ENOENT', 'EISDIR', 'ENOTDIR'].includes(
        String(isError(error) && error.code),
      )
    )
      throw error;
    throw new InputError(
      `pip install -r ${posix.join('/', path)}: the image has no such file; COPY it before, from a file of the workload's folder`,
    );
  }
  read.contents.push(text);
  for (const line of text.split('\n')) {
    const editable = EDITABLE_LINE.exec(line)?.[1];
    if (editable) {
      throw new InputError(
        `${posix.join('/', path)} has an editable install (-e ${editable}), which cannot move with the image: write ${editable} alone`,
      );
    }
    const file = FILE_LINE.exec(line)?.[1];
    if (file && !/^[a-z]+:\/\//.test(file)) {
      await readRequirements(
        rootDir,
        posix.join(posix.dirname(path), file),
        read,
      );
    }
    if (LOCAL_LINE.test(line)) read.usesContext = true;
  }
}

/**
 * Digest of what `pip install`s read besides the index: their requirement
 * files and, where they install from a path, the whole context. Throws
 * InputError where a file is missing.
 */
export async function installInputs(
  rootDir: string,
  installs: readonly (readonly string[])[],
  contextDigest: string,
): Promise<string | undefined> {
  const read: Read = { contents: [], usesContext: false };
  for (const args of installs) {
    for (const [i, arg] of args.entries()) {
      const isFile = ['-r', '-c', '--requirement', '--constraint'].includes(
        args[i - 1],
      );
      if (isFile) await readRequirements(rootDir, arg, read);
      else if (arg.startsWith('./')) read.usesContext = true;
    }
  }
  if (read.usesContext) read.contents.push(contextDigest);
  return read.contents.length === 0
    ? undefined
    : createHash('sha256').update(JSON.stringify(read.contents)).digest('hex');
}
