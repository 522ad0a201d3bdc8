import { ConflictError, InputError } from '@backstage/errors';
import type { Environment } from '@ml-platform/kube';
import { buildSeconds } from './buildSeconds';
import { BuildServiceClient } from './BuildServiceClient';
import { EngineBuilder } from './engine/EngineBuilder';
import { isEngineName } from './engine/engines';
import { findEngine, openEngine } from './engine/findEngine';
import type { ImageBuilder } from './ImageBuilder';
import { openKubernetesBuilder } from './kubernetes/openKubernetesBuilder';
import { RegistryClient } from './registry/RegistryClient';

/** Which builder to use, how to reach it, and where its images go. */
export interface ImageBuilderSettings {
  /**
   * `service`, `engine` (the first on this machine that answers), `podman`, `buildah`,
   * `docker`, `kubernetes`, or a type that was added. Default: `service`.
   */
  readonly type?: string;
  /** Address of the build service. */
  readonly url?: string;
  /** Bearer token of the build service. */
  readonly token?: string;
  /** Registry and path of the images; a build service knows its own. */
  readonly registry?: string;
  /** Hosts of registries that have no TLS. */
  readonly plainHttp?: readonly string[];
  /** How long a build may take. Default: 60. */
  readonly timeoutMinutes?: number;
  /** Of the builder `kubernetes`. */
  readonly kubernetes?: unknown;
}

/** The types that need nothing else to be installed. */
const BUILT_IN = [
  'service',
  'engine',
  'podman',
  'buildah',
  'docker',
  'kubernetes',
];

export interface ImageBuildersOptions {
  /** None where no builder is configured. */
  readonly settings: ImageBuilderSettings | undefined;
  readonly env: Environment;
  /** Tokens for registries of Google Cloud, where nobody has signed in to them. */
  readonly googleToken?: () => Promise<string>;
}

/** The builders there are, the one that the configuration chooses, and its registry. */
export class ImageBuilders {
  readonly #options: ImageBuildersOptions;
  readonly #added = new Map<string, ImageBuilder>();
  #chosen: Promise<ImageBuilder> | undefined;
  /** Looks up what was built. */
  readonly images: RegistryClient;

  constructor(options: ImageBuildersOptions) {
    this.#options = options;
    const { settings = {}, env, googleToken } = options;
    const { url, token, plainHttp } = settings;
    this.images = new RegistryClient({
      env: { ...env },
      tokens: serviceTokens({ url, token }),
      plainHttp,
      googleToken,
    });
  }

  /** Registry and path of the images; empty where it isn't known. */
  get registry(): string {
    return this.#options.settings?.registry?.replace(/\/+$/, '') ?? '';
  }

  /** Seconds that a build may take. */
  get timeoutSeconds(): number {
    return buildSeconds(this.#options.settings?.timeoutMinutes);
  }

  /** @throws {ConflictError} for a type that there is already */
  addImageBuilder(type: string, builder: ImageBuilder): void {
    if (BUILT_IN.includes(type) || this.#added.has(type)) {
      throw new ConflictError(`There is an image builder '${type}' already`);
    }
    this.#added.set(type, builder);
  }

  /**
   * The builder that the settings name, the same for all who ask.
   *
   * @throws {InputError} when they name none, or one that does not exist
   * @throws {ServiceUnavailableError} when an engine doesn't answer
   */
  async builder(): Promise<ImageBuilder> {
    const { settings } = this.#options;
    if (!settings) {
      throw new InputError('No image builder is configured; set ray.builder');
    }
    const added = this.#added.get(settings.type ?? 'service');
    if (added) {
      return added;
    }
    this.#chosen ??= this.#open(settings).catch(error => {
      // What was missing may be there the next time.
      this.#chosen = undefined;
      throw error;
    });
    return this.#chosen;
  }

  async #open(settings: ImageBuilderSettings): Promise<ImageBuilder> {
    const { type = 'service', url, token, kubernetes } = settings;
    if (type === 'service') {
      if (!url) {
        throw new InputError(
          'The address of the build service is missing; set ray.builder.url',
        );
      }
      return new BuildServiceClient({ url, token });
    }
    if (!BUILT_IN.includes(type)) {
      throw new InputError(
        `There is no image builder '${type}'; set ray.builder.type to one of ${[...BUILT_IN, ...this.#added.keys()].join(', ')}`,
      );
    }
    if (!this.registry) {
      throw new InputError(
        'The registry that images are pushed to is missing; set ray.builder.registry',
      );
    }
    const { images, registry, timeoutSeconds } = this;
    if (type === 'kubernetes') {
      return openKubernetesBuilder({
        settings: kubernetes,
        images,
        registry,
        timeoutSeconds,
      });
    }
    const search = { env: { ...this.#options.env } };
    const engine = isEngineName(type)
      ? await openEngine(type, search)
      : await findEngine(search);
    return new EngineBuilder({ engine, registry, images, timeoutSeconds });
  }
}

/** A build service that has the registry, too, takes one token for both. */
export function serviceTokens({
  url,
  token,
}: Pick<ImageBuilderSettings, 'url' | 'token'>): Readonly<
  Record<string, string>
> {
  return url && token && URL.canParse(url)
    ? { [new URL(url).host]: token }
    : {};
}
