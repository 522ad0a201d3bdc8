import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import {
  followBuild,
  listVersions,
  packContext,
  RegistryClient,
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
import { FollowedLog } from './FollowedLog';
import type {
  BuilderType,
  BuildOptions,
  BuiltImage,
  ImageVersion,
} from './imageTypes';
import { provenance } from './provenance';

/** Milliseconds between two looks at a build: on this machine, and at a service. */
const POLL = { engine: 100, service: 1_000 };

/** The registry's host, where the build service keeps the images that it builds. */
function registryTokens({
  builder,
}: PlatformSettings): Readonly<Record<string, string>> {
  const { url, token } = builder ?? {};
  return url && token && URL.canParse(url)
    ? { [new URL(url).host]: token }
    : {};
}

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
      tokens: registryTokens(options.settings),
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
    const { builder, type } = await chooseBuilder({
      settings: this.#settings,
      asked,
      push,
      registry: this.#settings.registry?.replace(/\/+$/, '') ?? '',
      images: this.#registry,
      env: this.#env,
      signal,
    });
    if (push && type !== 'service') {
      this.#repository(target.name);
    }
    const started = await this.#start(builder, target, options);
    const build =
      started.state === 'succeeded'
        ? started
        : await this.#follow(builder, { started, type, target, options });
    const digest = push ? await this.#digest(build, type, signal) : undefined;
    return {
      workload: target.name,
      version,
      image: build.image,
      ...(digest ? { digest } : {}),
      ...(build.imageId ? { imageId: build.imageId } : {}),
      reused: build.reused,
      pushed: push,
      builder: type,
    };
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
    return listVersions(this.#registry, this.#repository(workload), options);
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

  async #start(
    builder: ImageBuilder,
    { name, folder, dockerfile }: BuildTarget,
    options: BuildOptions,
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
        env: this.#env,
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
    onStart?.({ image, builder: type });
    const log = new FollowedLog();
    try {
      const build = await followBuild({
        builder,
        id,
        signal,
        pollMs: type === 'service' ? POLL.service : POLL.engine,
        onLine: line => {
          onLog?.(line);
          const step = log.push(line);
          if (step) {
            onStep?.(step);
          }
        },
      });
      if (build.state === 'failed') {
        throw await log.failure(build, target);
      }
      return build;
    } catch (error) {
      if (signal?.aborted) {
        await builder.cancel?.(id);
      }
      throw error;
    }
  }

  /** The digest in the registry, which a build service may not tell. */
  async #digest(
    { image, digest }: ImageBuild,
    type: BuilderType,
    signal: AbortSignal | undefined,
  ): Promise<string | undefined> {
    if (digest && type !== 'service') {
      return digest;
    }
    try {
      return (await this.#registry.digest(image, { signal })) ?? digest;
    } catch {
      signal?.throwIfAborted();
      return digest;
    }
  }
}
