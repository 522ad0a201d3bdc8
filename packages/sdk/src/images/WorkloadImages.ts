import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  followBuild,
  FollowedLog,
  isEngineName,
  listVersions,
  RegistryClient,
  serviceTokens,
  type ImageBuild,
  type ImageBuilder,
} from '@ml-platform/images';
import type { CallOptions } from '../platform/Platform';
import type { PlatformSettings } from '../settings/PlatformSettings';
import {
  checkImageName,
  findBuildTarget,
  type BuildTarget,
} from './buildTarget';
import { chooseBuilder } from './chooseBuilder';
import { openPortalBuilder } from './openRemoteBuilder';
import type {
  BuilderType,
  BuildOptions,
  BuiltImage,
  ImageVersion,
} from './imageTypes';
import { startBuild } from './startBuild';

/** Milliseconds between two looks at a build: on this machine, and at a service. */
const POLL = { engine: 100, service: 1_000 };

/** Builds the images of workloads, and looks up their versions. */
export class WorkloadImages {
  readonly #settings: PlatformSettings;
  readonly #cwd: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #registry: RegistryClient;

  constructor(options: {
    readonly settings: PlatformSettings;
    readonly cwd: string;
    readonly env: NodeJS.ProcessEnv;
  }) {
    this.#settings = options.settings;
    this.#cwd = options.cwd;
    this.#env = options.env;
    this.#registry = new RegistryClient({
      env: options.env,
      tokens: serviceTokens(options.settings.builder ?? {}),
      plainHttp: options.settings.builder?.plainHttp,
    });
  }

  /**
   * Builds the image of a workload's version and pushes it. Aborted, it ends a build
   * of this machine; one of a build service continues there.
   *
   * @throws {NotFoundError} when there is no such workload
   * @throws {InputError} for options or settings that are wrong
   * @throws {ConflictError} when the version exists with other content
   * @throws {BuildFailedError} when the build fails
   * @throws {ServiceUnavailableError} when the builder or the registry doesn't answer
   * @throws {NotAllowedError} when the registry refuses
   */
  async build(options: BuildOptions): Promise<BuiltImage> {
    const { version, signal, builder: asked } = options;
    const push = options.push !== false;
    const target = await findBuildTarget(options, this.#cwd);
    const { builder, type } = await this.#choose({ asked, push, signal });
    if (push && !['service', 'portal'].includes(type)) {
      this.#repository(target.name);
    }
    const started = await startBuild(builder, target, options, this.#env);
    const detach = options.detach === true && !isEngineName(type);
    const build =
      started.state === 'succeeded' || detach
        ? started
        : await this.#follow(builder, { started, type, target, options });
    const ended = build.state === 'succeeded';
    const digest =
      push && ended ? await this.#digest(build, signal) : undefined;
    return {
      id: build.id,
      ended,
      workload: target.name,
      version,
      image: build.image,
      ...(digest ? { digest } : {}),
      ...(build.imageId ? { imageId: build.imageId } : {}),
      reused: build.reused,
      pushed: push,
      ...(build.size === undefined ? {} : { size: build.size }),
      builder: type,
    };
  }

  /**
   * Ends a build at a builder that isn't on this machine.
   *
   * @throws {NotFoundError} when the builder doesn't know the build
   * @throws {InputError} for a builder on this machine, whose builds end with it
   */
  async cancel(
    id: string,
    { builder: asked, signal }: Pick<BuildOptions, 'builder' | 'signal'> = {},
  ): Promise<void> {
    const { builder, type } = await this.#choose({
      asked,
      push: false,
      signal,
    });
    if (isEngineName(type) || !builder.cancel) {
      throw new InputError(
        `A build of ${type} ends with the command that started it; name another builder with --builder`,
      );
    }
    await builder.cancel(id);
  }

  /**
   * Versions of a workload's image in the registry, newest first.
   *
   * @throws {NotFoundError} when there is none
   * @throws {InputError} when no registry is known, or the name can't be an image's
   * @throws {NotAllowedError} when the registry refuses
   * @throws {ServiceUnavailableError} when the registry doesn't answer
   */
  async versions(
    workload: string,
    options: CallOptions = {},
  ): Promise<readonly ImageVersion[]> {
    checkImageName(workload);
    const { via, portal } = this.#settings;
    if (via === 'portal' && portal && !this.#settings.registry) {
      const found = await (
        await openPortalBuilder(this.#settings, this.#env)
      ).versions(workload, options);
      if (found.length === 0) {
        throw new NotFoundError(`There is no version of ${workload} yet`);
      }
      return found;
    }
    const repository = this.#repository(workload);
    const { signal } = options;
    return (await listVersions(this.#registry, repository, { signal })).items;
  }

  #choose(
    options: Pick<
      Parameters<typeof chooseBuilder>[0],
      'asked' | 'push' | 'signal'
    >,
  ) {
    return chooseBuilder({
      ...options,
      settings: this.#settings,
      registry: this.#settings.registry?.replace(/\/+$/, '') ?? '',
      images: this.#registry,
      env: this.#env,
    });
  }

  /** The image's name with its registry. */
  #repository(name: string): string {
    const { registry } = this.#settings;
    if (!registry) {
      throw new InputError(
        'No registry is known that images are pushed to; set registry in .ml-platform.yaml, or the environment variable ML_PLATFORM_REGISTRY',
      );
    }
    return `${registry.replace(/\/+$/, '')}/${name}`;
  }

  /** Follows a build to its good end. */
  async #follow(
    builder: ImageBuilder,
    context: {
      readonly started: ImageBuild;
      readonly type: BuilderType;
      readonly target: BuildTarget;
      readonly options: BuildOptions;
    },
  ): Promise<ImageBuild> {
    const { started, type, target, options } = context;
    const { signal, onStart, onLog, onStep } = options;
    const { id, image } = started;
    onStart?.({ id, image, builder: type });
    const log = new FollowedLog();
    try {
      const build = await followBuild({
        builder,
        id,
        signal,
        pollMs: isEngineName(type) ? POLL.engine : POLL.service,
        onLine: line => {
          onLog?.(line);
          const step = log.push(line);
          if (step) {
            onStep?.(step);
          }
        },
      });
      if (build.state === 'failed') {
        const { folder, dockerfile: path } = target;
        const text = await readFile(join(folder, path), 'utf8');
        throw log.failure(build, { path, text });
      }
      return build;
    } catch (error) {
      if (signal?.aborted && isEngineName(type)) {
        await builder.cancel?.(id);
      }
      throw error;
    }
  }

  /** The digest in the registry, which a builder may not tell. */
  async #digest(
    { image, digest }: ImageBuild,
    signal: AbortSignal | undefined,
  ): Promise<string | undefined> {
    try {
      return digest ?? (await this.#registry.digest(image, { signal }));
    } catch {
      signal?.throwIfAborted();
      return undefined;
    }
  }
}
