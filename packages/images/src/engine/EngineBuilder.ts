import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isError, NotFoundError } from '@backstage/errors';
import { unpackContext } from '../context/unpackContext';
import type {
  ImageBuild,
  ImageBuilder,
  ImageBuildLog,
  ImageBuildRequest,
} from '../ImageBuilder';
import { CONTENT_LABEL } from '../imageLabels';
import { PublishedVersions } from '../PublishedVersions';
import type { RegistryClient, RegistryImage } from '../registry/RegistryClient';
import { buildId, contentDigest } from '../versionRules';
import { BuildLog } from './BuildLog';
import type { Engine } from './Engine';

const TIMEOUT_SECONDS = 3_600;

interface LocalBuild {
  state: ImageBuild;
  readonly log: BuildLog;
  readonly over: AbortController;
  readonly ended: Promise<void>;
}

/**
 * An {@link ImageBuilder} on this machine, with docker, podman or buildah. Its builds
 * end with its process.
 */
export class EngineBuilder implements ImageBuilder {
  readonly #engine: Engine;
  readonly #registry: string;
  readonly #versions: PublishedVersions;
  readonly #timeoutSeconds: number;
  readonly #builds = new Map<string, LocalBuild>();

  constructor(options: {
    readonly engine: Engine;
    /**
     * Registry and path that images are named after, for example
     * `registry.example.com/team`; empty for images that stay on the machine.
     */
    readonly registry: string;
    readonly images: Pick<RegistryClient, 'image' | 'tags'>;
    /** Seconds that a build may take. Default: an hour. */
    readonly timeoutSeconds?: number;
  }) {
    this.#engine = options.engine;
    this.#registry = options.registry;
    this.#versions = new PublishedVersions(options.images);
    this.#timeoutSeconds = options.timeoutSeconds ?? TIMEOUT_SECONDS;
  }

  async start(request: ImageBuildRequest): Promise<ImageBuild> {
    const { image, version, dockerfile, platform, signal } = request;
    const ref = [this.#registry, `${image}:${version}`]
      .filter(Boolean)
      .join('/');
    const folder = await mkdtemp(join(tmpdir(), 'ml-platform-build-'));
    const clean = () => rm(folder, { recursive: true, force: true });
    try {
      const contextDir = join(folder, 'context');
      const { digest: packed } = await unpackContext(
        createReadStream(request.contextFile),
        contextDir,
      );
      const content = contentDigest(packed, dockerfile, platform);
      const id = buildId(ref, dockerfile, content);
      const earlier = this.#builds.get(id)?.state;
      if (earlier && earlier.state !== 'failed') {
        await clean();
        return earlier;
      }
      const base = { id, image: ref, reused: false };
      const log = new BuildLog();
      const over = new AbortController();
      const published = await this.#published(ref, content, request);
      if (published) {
        log.line(`${ref} exists already, from the same content`);
        const state: ImageBuild = {
          ...base,
          state: 'succeeded',
          digest: published.digest,
          size: published.size,
          reused: true,
        };
        this.#builds.set(id, {
          state,
          log,
          over,
          ended: Promise.resolve(),
        });
        await clean();
        return state;
      }
      signal?.throwIfAborted();
      const startedAt = new Date().toISOString();
      const state: ImageBuild = { ...base, state: 'running', startedAt };
      const build: LocalBuild = {
        state,
        log,
        over,
        ended: this.#run({ request, ref, content, folder, log, over }).then(
          async changes => {
            const endedAt = new Date().toISOString();
            build.state = { ...state, ...changes, endedAt };
            await clean();
          },
        ),
      };
      this.#builds.set(id, build);
      return state;
    } catch (error) {
      await clean();
      throw error;
    }
  }

  async get(id: string): Promise<ImageBuild> {
    return this.#build(id).state;
  }

  async log(id: string, offset: number): Promise<ImageBuildLog> {
    return this.#build(id).log.read(offset);
  }

  async cancel(id: string): Promise<void> {
    const { over, ended } = this.#build(id);
    over.abort();
    await ended;
  }

  #build(id: string): LocalBuild {
    const build = this.#builds.get(id);
    if (!build) {
      throw new NotFoundError(`Build ${id} doesn't exist`);
    }
    return build;
  }

  /** The version, where the registry has it with this content. */
  async #published(
    ref: string,
    content: string,
    { push, signal }: Pick<ImageBuildRequest, 'push' | 'signal'>,
  ): Promise<RegistryImage | undefined> {
    return push === false
      ? undefined
      : this.#versions.find(ref, content, { signal });
  }

  /** Runs a build to its end and answers how it ended. Does not throw. */
  async #run(options: {
    readonly request: ImageBuildRequest;
    readonly ref: string;
    readonly content: string;
    readonly folder: string;
    readonly log: BuildLog;
    readonly over: AbortController;
  }): Promise<Partial<ImageBuild>> {
    const { request, ref, content, folder, log, over } = options;
    const { dockerfile, platform, labels } = request;
    const late = AbortSignal.timeout(this.#timeoutSeconds * 1_000);
    const running = { log, signal: AbortSignal.any([over.signal, late]) };
    const workDir = join(folder, 'work');
    try {
      const imageId = await this.#engine.build(
        {
          ref,
          contextDir: join(folder, 'context'),
          dockerfile,
          platform,
          labels: { ...labels, [CONTENT_LABEL]: content },
          workDir,
        },
        running,
      );
      if (request.push === false) {
        return { state: 'succeeded', imageId };
      }
      // Somebody else may have been faster.
      const { signal } = running;
      const published = await this.#published(ref, content, { signal });
      const digest =
        published?.digest ??
        (await this.#engine.push({ ref, workDir }, running));
      const pushed =
        published ?? (await this.#published(ref, content, { signal }));
      return {
        state: 'succeeded',
        imageId,
        reused: published !== undefined,
        ...(digest ? { digest } : {}),
        ...(pushed ? { size: pushed.size } : {}),
      };
    } catch (error) {
      if (over.signal.aborted) {
        return { state: 'failed', error: 'The build was cancelled' };
      }
      const minutes = Math.round(this.#timeoutSeconds / 60);
      const message = isError(error) ? error.message : String(error);
      return {
        state: 'failed',
        error: late.aborted
          ? `The build took longer than ${minutes} minutes, which is the limit`
          : message,
      };
    }
  }
}
