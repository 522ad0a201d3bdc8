import { createHash } from 'node:crypto';
import { ConflictError } from '@backstage/errors';

/** Id of the build of this content: asked for twice, it is the same build. */
export function buildId(
  ref: string,
  dockerfile: string,
  contextDigest: string,
): string {
  return createHash('sha256')
    .update(JSON.stringify([ref, dockerfile, contextDigest]))
    .digest('hex')
    .slice(0, 32);
}

/**
 * Digest of what an image is built from: another Dockerfile, or another platform that
 * is asked for, makes another image.
 */
export function contentDigest(
  contextDigest: string,
  dockerfile: string,
  platform?: string,
): string {
  if (dockerfile === 'Dockerfile' && !platform) return contextDigest;
  const hash = createHash('sha256').update(
    [dockerfile, contextDigest, ...(platform ? [platform] : [])].join('\n'),
  );
  return `sha256:${hash.digest('hex')}`;
}

/**
 * The first version after this one that isn't taken: its last number is raised, and
 * where it has none it gets one.
 */
export function nextVersion(version: string, taken: readonly string[]): string {
  const known = new Set(taken);
  const [, head = '', number = '', tail = ''] =
    /^(.*?)(\d+)([^\d]*)$/.exec(version) ?? [];
  for (let raised = number ? Number(number) + 1 : 2; ; raised += 1) {
    const next = number ? `${head}${raised}${tail}` : `${version}-${raised}`;
    if (!known.has(next)) {
      return next;
    }
  }
}

/** The error for a version that is there, or is being made, with other content. */
export function otherContent(
  ref: string,
  digest: string,
  state: 'published' | 'building',
  /** A version that is free. */
  free?: string,
): ConflictError {
  const what = state === 'published' ? 'was built before' : 'is being built';
  const which = digest.startsWith('sha256:')
    ? ` (${digest.slice(0, 19)}…)`
    : '';
  const proposal = free ? `, for example to ${free}` : '';
  return new ConflictError(
    `${ref} ${what} from other content${which}, and a version never changes: raise the version${proposal}`,
  );
}
