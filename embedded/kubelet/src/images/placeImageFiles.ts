import { cp, mkdir } from 'node:fs/promises';
import type { Image } from '@ml-platform/embedded-images';
import type { BindMount } from '../volumes/mountPlan';

/** Where a container finds its image's files. */
export interface ImageFiles {
  readonly workingDir: string;
  readonly mounts: readonly BindMount[];
  /** Puts the place of the files for the path that they have in the image. */
  rewrite(text: string): string;
}

const asItIs = (text: string) => text;

/**
 * Copies the image's files, so that a container may change them, and makes them
 * appear at their path in the image: by a mount where this machine can do that,
 * otherwise by other words in its command and environment.
 *
 * @param options.home - the working directory where the image has no files
 */
export async function placeImageFiles(options: {
  readonly image: Image;
  readonly dir: string;
  readonly home: string;
  readonly canMount: () => Promise<boolean>;
}): Promise<ImageFiles> {
  const { image, dir } = options;
  if (!image.workingDir) {
    return { workingDir: options.home, mounts: [], rewrite: asItIs };
  }
  await mkdir(dir, { recursive: true });
  await cp(image.workingDir, dir, { recursive: true, verbatimSymlinks: true });
  const inImage = image.workingDirInImage;
  if (!inImage || inImage === '/') {
    return { workingDir: dir, mounts: [], rewrite: asItIs };
  }
  if (await options.canMount()) {
    return {
      workingDir: inImage,
      mounts: [{ source: dir, target: inImage, readOnly: false }],
      rewrite: asItIs,
    };
  }
  const literal = inImage.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const path = new RegExp(`(?<![-.\\w/])${literal}(?![-.\\w])`, 'g');
  return {
    workingDir: dir,
    mounts: [],
    rewrite: text => text.replace(path, dir),
  };
}
