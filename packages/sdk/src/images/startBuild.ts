import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  packContext,
  type ImageBuild,
  type ImageBuilder,
} from '@ml-platform/images';
import type { BuildTarget } from './buildTarget';
import type { BuildOptions } from './imageTypes';
import { provenance } from './provenance';

/** Packs what is to be built and hands it in, with where it comes from. */
export async function startBuild(
  builder: ImageBuilder,
  { name, folder, dockerfile }: BuildTarget,
  options: BuildOptions,
  env: NodeJS.ProcessEnv,
): Promise<ImageBuild> {
  const { version, push, platform, signal, onLog } = options;
  const packed = await mkdtemp(join(tmpdir(), 'ml-platform-context-'));
  try {
    const contextFile = join(packed, 'context.tar');
    const { files, bytes } = await packContext({
      root: folder,
      dockerfile,
      target: contextFile,
      signal,
    });
    onLog?.(
      `Packed ${files} files of ${Math.ceil(bytes / 1024)} KiB in all from ${folder}`,
    );
    const labels = await provenance({ name, version }, folder, {
      env: env,
      signal,
    });
    return await builder.start({
      image: name,
      version,
      dockerfile,
      contextFile,
      push,
      platform,
      labels,
      signal,
    });
  } finally {
    await rm(packed, { recursive: true, force: true });
  }
}
