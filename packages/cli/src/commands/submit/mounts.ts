import { InputError } from '@backstage/errors';
import type { Mount } from '@ml-platform/rayjob';
import { splitPair } from './environment';

const BUCKET = /^gs:\/\/([^/]+)(?:\/(.+?))?\/?$/;

/**
 * The mount of `PATH=FROM`, where FROM is `gs://bucket/folder`, `claim:NAME` or the size
 * of a new volume. `:ro` at its end makes it read-only.
 *
 * @throws {InputError} for another text
 */
export function readMount(text: string): Mount {
  const [path, given] = splitPair(text, '--mount');
  const readOnly = given.endsWith(':ro');
  const from = readOnly ? given.slice(0, -':ro'.length) : given;
  const common = { path, ...(readOnly ? { readOnly } : {}) };
  const [, bucket, folder] = BUCKET.exec(from) ?? [];
  if (bucket !== undefined) {
    return { ...common, bucket, ...(folder === undefined ? {} : { folder }) };
  }
  if (from.startsWith('claim:')) {
    return { ...common, claim: from.slice('claim:'.length) };
  }
  if (!/^\d/.test(from)) {
    throw new InputError(
      `--mount takes PATH=gs://BUCKET/FOLDER, PATH=claim:NAME or PATH=SIZE, not '${text}'`,
    );
  }
  return { ...common, size: from };
}
