import { InputError } from '@backstage/errors';
import {
  isImageName,
  REQUESTER_LABEL,
  REVISION_LABEL,
  SOURCE_LABEL,
  TASK_LABEL,
  TITLE_LABEL,
  VERSION_LABEL,
  type ImageBuild,
  type ImageSource,
} from '@ml-platform/images';
import { describeBytes, validateImageTag } from '@ml-platform/rayjob';
import { sourceOf } from './buildContext';

/** @throws {InputError} for what can't be the name or the version of an image */
export function checkImage(image: string, version: string): void {
  if (!isImageName(image)) {
    throw new InputError(
      `'${image}' can't be the name of an image; use lowercase letters, digits, hyphens, dots and underscores, and start and end with a letter or digit`,
    );
  }
  const problem = validateImageTag(version);
  if (problem) {
    throw new InputError(problem);
  }
}

/** Where an image comes from, and who asked for it. */
export function provenance(
  { image, version }: { readonly image: string; readonly version: string },
  source: ImageSource | undefined,
  who: { readonly requester?: string; readonly task: string },
): Readonly<Record<string, string>> {
  return {
    [TITLE_LABEL]: image,
    [VERSION_LABEL]: version,
    [TASK_LABEL]: who.task,
    ...(who.requester ? { [REQUESTER_LABEL]: who.requester } : {}),
    ...(source
      ? { [REVISION_LABEL]: source.commit, [SOURCE_LABEL]: source.repository }
      : {}),
  };
}

/**
 * The commit that an image says it was built from, and the folder of `sourceUrl` at that
 * commit; empty where they aren't known.
 */
export function originOf(
  labels: Readonly<Record<string, string>>,
  sourceUrl: string | undefined,
): { readonly sourceCommit: string; readonly sourceUrl: string } {
  // Anybody who may push writes labels.
  const [sourceCommit = '', changed] =
    /^[0-9a-f]{40}(-dirty)?$/.exec(labels[REVISION_LABEL] ?? '') ?? [];
  const source = sourceOf(sourceUrl);
  const isThere =
    sourceCommit && !changed && source?.repository === labels[SOURCE_LABEL];
  return {
    sourceCommit,
    sourceUrl:
      source && isThere
        ? (sourceUrl ?? '').replace(source.commit, sourceCommit)
        : '',
  };
}

/** How long a build took and how large its image is, as far as it is known. */
export function report({
  image,
  reused,
  size,
  startedAt,
  endedAt,
}: ImageBuild): string {
  if (reused) {
    return `${image} was built before from the same content`;
  }
  const seconds =
    startedAt && endedAt
      ? ` in ${Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000)} s`
      : '';
  return `Built ${image}${seconds}${size ? `, ${describeBytes(size)}` : ''}`;
}
