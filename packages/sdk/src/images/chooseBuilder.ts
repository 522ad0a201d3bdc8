import { InputError } from '@backstage/errors';
import {
  buildSeconds,
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
import { openClusterBuilder, openPortalBuilder } from './openRemoteBuilder';

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
  readonly images: RegistryClient;
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}): Promise<{ readonly builder: ImageBuilder; readonly type: BuilderType }> {
  const { asked, push, registry, images, env, signal } = options;
  const { settings } = options;
  const { type, url, token, timeoutMinutes } = settings.builder ?? {};
  const viaPortal = settings.via === 'portal' && settings.portal;
  const name =
    asked ??
    type ??
    (viaPortal ? 'portal' : undefined) ??
    (url ? 'service' : undefined);
  if (name === 'service') {
    if (!url) {
      throw new InputError(
        "The address of the build service is missing; set builder.url, or build on this machine with '--builder docker'",
      );
    }
    return { builder: new BuildServiceClient({ url, token }), type: 'service' };
  }
  if (name === 'portal') {
    return { builder: await openPortalBuilder(settings, env), type: name };
  }
  if (name === 'kubernetes') {
    const builder = await openClusterBuilder({
      settings,
      env,
      registry,
      images,
    });
    return { builder, type: name };
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
    builder: new EngineBuilder({
      engine,
      registry,
      images,
      timeoutSeconds: buildSeconds(timeoutMinutes),
    }),
    type: engine.name,
  };
}
