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

/** The error for a version that is there, or is being made, with other content. */
export function otherContent(
  ref: string,
  digest: string,
  state: 'published' | 'building',
): ConflictError {
  const what = state === 'published' ? 'was built before' : 'is being built';
  const which = digest.startsWith('sha256:')
    ? ` (${digest.slice(0, 19)}…)`
    : '';
  return new ConflictError(
    `${ref} ${what} from other content${which}, and a version never changes: raise the version`,
  );
}
