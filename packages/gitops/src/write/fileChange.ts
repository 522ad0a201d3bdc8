import { createHash } from 'node:crypto';

/** One file's part of a change: added, replaced or removed. */
export interface FileChange {
  /** From the root, with forward slashes. */
  readonly path: string;
  /** The new text; `undefined` removes the file. */
  readonly content: string | undefined;
  /**
   * Git's name of the content that the change replaces or removes; `undefined`
   * for a file that must not exist yet.
   */
  readonly replaces: string | undefined;
}

/** Git's own name of a file's content. */
export function blobSha(content: string): string {
  const bytes = Buffer.from(content, 'utf8');
  return createHash('sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}

/** A new file. */
export function addition(path: string, content: string): FileChange {
  return { path, content, replaces: undefined };
}

/** Git's name of what the file holds after the change, if it is there at all. */
export function shaAfter({ content }: FileChange): string | undefined {
  return content === undefined ? undefined : blobSha(content);
}
