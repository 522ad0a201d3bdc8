import { InputError } from '@backstage/errors';
import {
  BuildServiceClient,
  EngineBuilder,
  findEngine,
  isEngineName,
  openEngine,
  type ImageBuilder,
  type RegistryClient,
} from '@ml-platform/images';
import type { PlatformSettings } from '../settings/PlatformSettings';
import { BUILDER_TYPES, type BuilderType } from './imageTypes';

/** Whether the build service has the registry, too, and pushes alone. */
function isOfService(registry: string, url: string | undefined): boolean {
  return (
    url !== undefined &&
    URL.canParse(url) &&
    new URL(url).host === registry.split('/')[0]
  );
}

/** The builder that is asked for, that of the settings, or what this machine has. */
export async function chooseBuilder(options: {
  readonly settings: PlatformSettings;
  readonly asked: BuilderType | undefined;
  readonly push: boolean;
  /** Registry and path; empty for images that stay on this machine. */
  readonly registry: string;
  readonly images: Pick<RegistryClient, 'image'>;
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}): Promise<{ readonly builder: ImageBuilder; readonly type: BuilderType }> {
  const { asked, push, registry, images, env, signal } = options;
  const { type, url, token } = options.settings.builder ?? {};
  const name = asked ?? type ?? (url ? 'service' : undefined);
  if (name === 'service') {
    if (!url) {
      throw new InputError(
        "The address of the build service is missing; set builder.url, or build on this machine with '--builder docker'",
      );
    }
    return { builder: new BuildServiceClient({ url, token }), type: 'service' };
  }
  if (name !== undefined && !isEngineName(name)) {
    throw new InputError(
      `There is no builder '${name}'; use one of ${BUILDER_TYPES.join(', ')}`,
    );
  }
  if (push && isOfService(registry, url)) {
    throw new InputError(
      `Only the build service puts images into ${registry}; build with '--builder service', or with '--no-push' to keep the image on this machine`,
    );
  }
  const engine = await (name
    ? openEngine(name, { env, signal })
    : findEngine({ env, signal }));
  return {
    builder: new EngineBuilder({ engine, registry, images }),
    type: engine.name,
  };
}
