import { NotFoundError } from '@backstage/errors';
import pLimit from 'p-limit';
import { CONTENT_LABEL, REVISION_LABEL } from '../imageLabels';
import type { RegistryClient } from './RegistryClient';

/** A version of an image, as its registry has it. */
export interface ImageVersion {
  readonly version: string;
  /** Full reference, for example `registry.example.com/hello-ray:1.0.0`. */
  readonly reference: string;
  /** `sha256:…` */
  readonly digest: string;
  /** ISO 8601. */
  readonly createdAt?: string;
  /** Bytes of its layers, as they are kept and sent. */
  readonly size: number;
  /** Commit that it was built from. */
  readonly revision?: string;
  /** Digest of the content that it was built from. */
  readonly contentDigest?: string;
}

/** Look-ups at once. */
const CONCURRENCY = 8;
/** Signatures and statements about an image, which cosign keeps beside it. */
const ABOUT_ANOTHER = /^sha256-[0-9a-f]{64}(\.\w+)?$/;

const byVersion = new Intl.Collator('en', { numeric: true });

function newestFirst(a: ImageVersion, b: ImageVersion): number {
  return (
    (b.createdAt ?? '').localeCompare(a.createdAt ?? '') ||
    byVersion.compare(b.version, a.version)
  );
}

/** Versions of an image in its registry. */
export interface ListedVersions {
  /** Newest first. */
  readonly items: readonly ImageVersion[];
  /** Those that weren't looked at, because there are more than were asked for. */
  readonly others: readonly string[];
}

/**
 * Versions of an image. A registry tells nothing but the names of its tags in one answer,
 * so of more than `most`, it looks at those with the highest numbers.
 *
 * @param repository - with the registry, for example `registry.example.com/hello-ray`
 * @throws {NotFoundError} when the registry has none
 * @throws {NotAllowedError} when the registry refuses
 * @throws {ServiceUnavailableError} when the registry doesn't answer
 */
export async function listVersions(
  client: Pick<RegistryClient, 'tags' | 'image'>,
  repository: string,
  options: { readonly signal?: AbortSignal; readonly most?: number } = {},
): Promise<ListedVersions> {
  const { signal, most = Infinity } = options;
  const tags = (await client.tags(repository, { signal }))
    .filter(tag => !ABOUT_ANOTHER.test(tag))
    .sort((a, b) => byVersion.compare(b, a));
  const limit = pLimit(CONCURRENCY);
  const found = await Promise.all(
    tags.slice(0, most).map(tag =>
      limit(async () => {
        signal?.throwIfAborted();
        const reference = `${repository}:${tag}`;
        const image = await client.image(reference, { signal });
        return image && { version: tag, reference, ...image };
      }),
    ),
  );
  const versions = found.flatMap(image => {
    if (!image) {
      return [];
    }
    const { labels, ...rest } = image;
    const { [REVISION_LABEL]: revision, [CONTENT_LABEL]: contentDigest } =
      labels;
    return [
      {
        ...rest,
        ...(revision ? { revision } : {}),
        ...(contentDigest ? { contentDigest } : {}),
      },
    ];
  });
  if (versions.length === 0) {
    throw new NotFoundError(`There is no version of ${repository} yet`);
  }
  return { items: versions.sort(newestFirst), others: tags.slice(most) };
}
