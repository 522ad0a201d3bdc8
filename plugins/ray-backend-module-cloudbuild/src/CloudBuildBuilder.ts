import { InputError, isError, NotFoundError } from '@backstage/errors';
import type { CloudBuildClient, protos } from '@google-cloud/cloudbuild';
import {
  checkDockerfile,
  CONTENT_LABEL,
  contentDigest,
  PublishedVersions,
  withContext,
  type ImageBuild,
  type ImageBuilder,
  type ImageBuildLog,
  type ImageBuildRequest,
} from '@ml-platform/images';
import type { BuildBucket } from './BuildBucket';
import {
  buildRequest,
  contentTag,
  LOGS,
  orderOf,
  versionTag,
} from './buildRequest';
import { buildState } from './buildState';
import { cloudBuildError } from './cloudBuildError';
import type { CloudBuildConfig } from './readCloudBuildConfig';

type Build = protos.google.devtools.cloudbuild.v1.IBuild;

const UNFINISHED = '(status="QUEUED" OR status="PENDING" OR status="WORKING")';

export interface CloudBuildBuilderOptions {
  readonly client: CloudBuildClient;
  readonly bucket: BuildBucket;
  readonly config: CloudBuildConfig;
  /** Registry and path that images are pushed to. */
  readonly registry: string;
  readonly images: ConstructorParameters<typeof PublishedVersions>[0];
  readonly timeoutSeconds: number;
}

/** An {@link ImageBuilder} of Google Cloud Build. All that it knows is there. */
export class CloudBuildBuilder implements ImageBuilder {
  readonly #options: CloudBuildBuilderOptions;
  readonly #versions: PublishedVersions;

  constructor(options: CloudBuildBuilderOptions) {
    this.#options = options;
    this.#versions = new PublishedVersions(options.images);
  }

  async start(request: ImageBuildRequest): Promise<ImageBuild> {
    const { image, version, dockerfile, contextFile, labels, signal } = request;
    if (request.push === false || request.platform) {
      throw new InputError(
        'Cloud Build pushes each image, for linux/amd64; choose a builder on this machine for anything else',
      );
    }
    const { registry, config, bucket, timeoutSeconds } = this.#options;
    const ref = `${registry}/${image}:${version}`;
    const packed = await withContext(contextFile, async context => {
      await checkDockerfile(context.folder, dockerfile);
      return context.digest;
    });
    const content = contentDigest(packed, dockerfile);
    const published = await this.#versions.find(ref, content, { signal });
    if (published) {
      const { digest, size } = published;
      const id = contentTag(content);
      return { id, image: ref, state: 'succeeded', reused: true, digest, size };
    }
    const running = await this.#running(ref, content, signal);
    if (running) {
      return this.#started(running, ref);
    }
    const object = `contexts/${packed.replace(':', '-')}.tar.gz`;
    await bucket.put(object, contextFile);
    signal?.throwIfAborted();
    const created = await this.#create(
      buildRequest(
        {
          ref,
          content,
          dockerfile,
          labels: { ...labels, [CONTENT_LABEL]: content },
          object,
          timeoutSeconds,
        },
        config,
      ),
    );
    // Of several that were created at the same time, the first goes on.
    const first = await this.#running(ref, content, signal).catch(
      async error => {
        await this.#end(created);
        throw error;
      },
    );
    if (first && first.id !== created.id) {
      await this.#end(created);
      return this.#started(first, ref);
    }
    return this.#started(created, ref);
  }

  async get(id: string): Promise<ImageBuild> {
    const build = await this.#build(id);
    const { ref, content } = orderOf(build);
    const { state, ...facts } = buildState(build);
    const told = { id, image: ref, reused: false, ...facts };
    if (state !== 'ended') {
      return { ...told, state };
    }
    try {
      const found = await this.#versions.find(ref, content);
      return found
        ? {
            ...told,
            state: 'succeeded',
            digest: found.digest,
            size: found.size,
          }
        : {
            ...told,
            state: 'failed',
            error: `The build has ended, but ${ref} isn't in the registry; was it removed there?`,
          };
    } catch (error) {
      if (!isError(error) || error.name !== 'ConflictError') throw error;
      return { ...told, state: 'failed', error: error.message };
    }
  }

  async log(id: string, offset: number): Promise<ImageBuildLog> {
    const name = `${LOGS}/log-${buildIdOf(id)}.txt`;
    const bytes = await this.#options.bucket.read(name, offset);
    return { bytes, nextOffset: offset + bytes.length };
  }

  async cancel(id: string): Promise<void> {
    const build = await this.#build(id);
    if (['queued', 'running'].includes(buildState(build).state)) {
      await this.#end(build);
    }
  }

  get #parent(): string {
    const { project, region } = this.#options.config;
    return `projects/${project}/locations/${region}`;
  }

  #started({ id }: Build, image: string): ImageBuild {
    return { id: id ?? '', image, state: 'queued', reused: false };
  }

  /**
   * The first unfinished build of a version.
   * @throws {ConflictError} when it is of other content
   */
  async #running(
    ref: string,
    content: string,
    signal?: AbortSignal,
  ): Promise<Build | undefined> {
    const [builds] = await this.#options.client
      .listBuilds({
        parent: this.#parent,
        filter: `tags="${versionTag(ref)}" AND ${UNFINISHED}`,
      })
      .catch(error => {
        throw cloudBuildError(error);
      });
    const [first] = [...builds].sort(
      (a, b) =>
        Number(a.createTime?.seconds ?? 0) -
          Number(b.createTime?.seconds ?? 0) ||
        Number(a.createTime?.nanos ?? 0) - Number(b.createTime?.nanos ?? 0) ||
        (a.id ?? '').localeCompare(b.id ?? ''),
    );
    if (first && orderOf(first).content !== content) {
      throw await this.#versions.refusal(
        ref,
        orderOf(first).content,
        'building',
        { signal },
      );
    }
    return first;
  }

  async #create(build: Build): Promise<Build> {
    try {
      const [operation] = await this.#options.client.createBuild({
        parent: this.#parent,
        build,
      });
      const { build: created } =
        operation.metadata as protos.google.devtools.cloudbuild.v1.IBuildOperationMetadata;
      return created ?? {};
    } catch (error) {
      throw cloudBuildError(error);
    }
  }

  /** @throws {NotFoundError} when there is no such build */
  async #build(id: string): Promise<Build> {
    try {
      const [build] = await this.#options.client.getBuild({
        name: `${this.#parent}/builds/${buildIdOf(id)}`,
      });
      return build;
    } catch (error) {
      throw cloudBuildError(error);
    }
  }

  async #end({ id }: Build): Promise<void> {
    try {
      await this.#options.client.cancelBuild({
        name: `${this.#parent}/builds/${id}`,
      });
    } catch (error) {
      throw cloudBuildError(error);
    }
  }
}

/** @throws {NotFoundError} for what can't be the id of a build */
function buildIdOf(id: string): string {
  if (!/^[0-9a-f-]{36}$/.test(id)) {
    throw new NotFoundError(`Build ${id} doesn't exist`);
  }
  return id;
}
