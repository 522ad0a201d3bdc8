import { isError } from '@backstage/errors';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** Name of the file that makes a folder an image; written last. */
export const IMAGE_FILE = 'image.json';

const schema = z.object({
  ref: z.string(),
  digest: z.string(),
  /** Key of its environment. */
  environment: z.string(),
  /** What the environment is made of, should it have to be made again. */
  recipe: z.object({
    name: z.string(),
    python: z.string().optional(),
    installs: z.array(z.array(z.string())),
    /** Relative to the image's folder. */
    cwd: z.string().optional(),
    inputs: z.string().optional(),
  }),
  /** Relative to the image's folder. */
  workingDir: z.string().optional(),
  workingDirInImage: z.string().optional(),
  env: z.record(z.string()),
  entrypoint: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  programs: z.record(z.array(z.string())).optional(),
});

/** An image as its folder tells of it: `<name>/<version>/image.json`. */
export type StoredImage = z.infer<typeof schema>;

/** The image in this folder; undefined where there is none, or none that is whole. */
export async function readStoredImage(
  dir: string,
): Promise<StoredImage | undefined> {
  let text: string;
  try {
    text = await readFile(join(dir, IMAGE_FILE), 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(String(isError(error) && error.code))) {
      return undefined;
    }
    throw error;
  }
  return schema.parse(JSON.parse(text));
}
