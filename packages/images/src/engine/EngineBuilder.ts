import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isError, NotFoundError } from '@backstage/errors';
import { buildSeconds } from '../buildSeconds';
import { unpackContext } from '../context/unpackContext';
import {
  CANCELLED_BUILD,
  type ImageBuild,
  type ImageBuilder,
  type ImageBuildLog,
  type ImageBuildRequest,
} from '../ImageBuilder';
import { CONTENT_LABEL } from '../imageLabels';
import { splitImageReference } from '../imageReference';
import { PublishedVersions } from '../PublishedVersions';
import type { RegistryClient, RegistryImage } from '../registry/RegistryClient';
import { buildId, contentDigest } from '../versionRules';
import { BuildLog } from './BuildLog';
import type { Engine } from './Engine';
import { LocalBuilds, type LocalBuild } from './LocalBuilds';

/** What is to be built, and from where. */
interface LocalOrder {
  readonly request: ImageBuildRequest;
  readonly ref: string;
  readonly id: string;
  readonly content: string;
  /** Holds the context, and is the build's own. */
  readonly folder: string;
}

const remove = (folder: string) => rm(folder, { recursive: true, force: true });

/**
 * An {@link ImageBuilder} on this machine, with docker, podman or buildah. Its builds
 * end with its process.
 */
export class EngineBuilder implements ImageBuilder {
  readonly #engine: Engine;
  readonly #registry: string;
  readonly #images: Pick<RegistryClient, 'isPlainHttp'>;
  readonly #versions: PublishedVersions;
  readonly #timeoutSeconds: number;
  readonly #builds = new LocalBuilds();

  constructor(options: {
    readonly engine: Engine;
    /**
     * Registry and path that images are named after, for example
     * `registry.example.com/team`; empty for images that stay on the machine.
     */
    readonly registry: string;
    readonly images: Pick<RegistryClient, 'image' | 'tags' | 'isPlainHttp'>;
    /** Seconds that a build may take. Default: an hour. */
    readonly timeoutSeconds?: number;
  }) {
    this.#engine = options.engine;
    this.#registry = options.registry;
    this.#images = options.images;
    this.#versions = new PublishedVersions(options.images);
    this.#timeoutSeconds = options.timeoutSeconds ?? buildSeconds();
  }

  async start(request: ImageBuildRequest): Promise<ImageBuild> {
    const { image, version, dockerfile, platform, signal } = request;
    const ref = [this.#registry, `${image}:${version}`]
      .filter(Boolean)
      .join('/');
    const folder = await mkdtemp(join(tmpdir(), 'ml-platform-build-'));
    let isTaken = false;
    try {
      const contextDir = join(folder, 'context');
      const { digest: packed } = await unpackContext(
        createReadStream(request.contextFile),
        contextDir,
      );
      const content = contentDigest(packed, dockerfile, platform);
      const id = buildId(ref, dockerfile, content);
      signal?.throwIfAborted();
      const running = this.#builds.running(ref);
      if (running && running.state.id !== id) {
        const { content: other } = running;
        throw await this.#versions.refusal(ref, other, 'building', { signal });
      }
      let build = running ?? this.#builds.get(id);
      if (!build || build.state.state === 'failed') {
        // Nothing is waited for since the look, so that no other gets in between.
        build = this.#add({ request, ref, id, content, folder });
        isTaken = true;
      }
      await build.started;
      return build.state;
    } finally {
      if (!isTaken) await remove(folder);
    }
  }

  async get(id: string): Promise<ImageBuild> {
    return this.#build(id).state;
  }

  async log(id: string, offset: number): Promise<ImageBuildLog> {
    return this.#build(id).log.read(offset);
  }

  async cancel(id: string): Promise<void> {
    const build = this.#build(id);
    build.over.abort();
    await build.started.catch(() => undefined);
    await build.ended;
  }

  #build(id: string): LocalBuild {
    const build = this.#builds.get(id);
    if (!build) {
      throw new NotFoundError(`Build ${id} doesn't exist`);
    }
    return build;
  }

  #add(order: LocalOrder): LocalBuild {
    const build: LocalBuild = {
      state: {
        id: order.id,
        image: order.ref,
        reused: false,
        state: 'running',
      },
      content: order.content,
      log: new BuildLog(),
      over: new AbortController(),
      started: Promise.resolve(),
      ended: Promise.resolve(),
    };
    this.#builds.add(build);
    build.started = this.#begin(build, order).catch(async error => {
      this.#builds.drop(build);
      await remove(order.folder);
      throw error;
    });
    return build;
  }

  /** Begins a build, unless the version is there. */
  async #begin(build: LocalBuild, order: LocalOrder): Promise<void> {
    const { ref, folder } = order;
    const { signal } = build.over;
    const published = await this.#published(order, signal);
    if (published) {
      build.log.line(`${ref} exists already, from the same content`);
      const { digest, size } = published;
      await remove(folder);
      this.#builds.end(build, {
        state: 'succeeded',
        digest,
        size,
        reused: true,
      });
      return;
    }
    build.state = { ...build.state, startedAt: new Date().toISOString() };
    build.ended = this.#run(build, order).then(async changes => {
      const endedAt = new Date().toISOString();
      await remove(folder);
      this.#builds.end(build, { ...changes, endedAt });
    });
  }

  /** The version, where the registry has it with this content. */
  async #published(
    { request, ref, content }: LocalOrder,
    signal: AbortSignal,
  ): Promise<RegistryImage | undefined> {
    return request.push === false
      ? undefined
      : this.#versions.find(ref, content, { signal });
  }

  /** Runs a build to its end and answers how it ended. Does not throw. */
  async #run(
    { log, over }: LocalBuild,
    order: LocalOrder,
  ): Promise<Partial<ImageBuild>> {
    const { request, ref, content, folder } = order;
    const { dockerfile, platform, labels } = request;
    const late = AbortSignal.timeout(this.#timeoutSeconds * 1_000);
    const running = { log, signal: AbortSignal.any([over.signal, late]) };
    const workDir = join(folder, 'work');
    const { registry = '' } = splitImageReference(ref) ?? {};
    const plainHttp = this.#images.isPlainHttp(registry);
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
      const published = await this.#published(order, signal);
      const digest =
        published?.digest ??
        (await this.#engine.push({ ref, workDir, plainHttp }, running));
      const pushed = published ?? (await this.#published(order, signal));
      return {
        state: 'succeeded',
        imageId,
        reused: published !== undefined,
        ...(digest ? { digest } : {}),
        ...(pushed ? { size: pushed.size } : {}),
      };
    } catch (error) {
      if (over.signal.aborted) {
        return { state: 'failed', error: CANCELLED_BUILD };
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
