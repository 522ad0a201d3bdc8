import type { BuildRecord } from './BuildFolder';

/** Digest of the content of the version that was built here last. */
export function lastDigest(
  records: readonly BuildRecord[],
  ref: string,
): string | undefined {
  return records
    .map(({ build }) => build)
    .filter(({ image, state }) => image === ref && state === 'succeeded')
    .sort((a, b) => a.startedAt.localeCompare(b.startedAt))
    .at(-1)?.digest;
}

/** Versions of an image that were built here, or are being built. */
export function versionsOf(
  records: readonly BuildRecord[],
  ref: string,
): readonly string[] {
  const name = (image: string) => image.slice(0, image.lastIndexOf(':'));
  return records
    .filter(({ build }) => name(build.image) === name(ref))
    .map(({ build }) => build.version);
}
