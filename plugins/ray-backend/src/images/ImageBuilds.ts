import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import type { RayImageBuildersService } from '@ml-platform/backstage-plugin-ray-node';
import {
  listVersions,
  nextVersion,
  type ImageBuild,
  type ImageBuildLog,
  type ImageBuildRequest,
  type ImageVersion,
  type ListedVersions,
} from '@ml-platform/images';
import { TooManyRequestsError } from '../http/TooManyRequestsError';
import type { BuildStore } from './BuildStore';

interface Call {
  readonly signal?: AbortSignal;
}

/** Versions of an image that are listed. */
const MOST_VERSIONS = 100;
/** A version where there is none yet. */
const FIRST = '1.0.0';

export interface ImageBuildsOptions {
  readonly builders: Pick<
    RayImageBuildersService,
    'builder' | 'images' | 'registry'
  >;
  readonly store: BuildStore;
  /** Builds that one user may have at once. */
  readonly mostPerUser: number;
  readonly clock: () => Date;
}

const hasEnded = ({ state }: ImageBuild) =>
  state === 'succeeded' || state === 'failed';

/** Images that people build through the portal, with the builder of its configuration. */
export class ImageBuilds {
  readonly #options: ImageBuildsOptions;

  constructor(options: ImageBuildsOptions) {
    this.#options = options;
  }

  /**
   * Starts a build, or answers that of the same content.
   *
   * @throws {TooManyRequestsError} when the user has too many
   * @throws {ConflictError} when the version exists with other content
   */
  async start(
    request: ImageBuildRequest,
    requester: string,
  ): Promise<ImageBuild> {
    const { builders, store, clock } = this.#options;
    const builder = await builders.builder();
    await this.#checkLimit(requester);
    const build = await builder.start(request);
    if (!hasEnded(build)) {
      await store.add(build.id, requester, clock());
    }
    return build;
  }

  /** @throws {NotFoundError} when the builder doesn't know the build */
  async get(id: string, call: Call = {}): Promise<ImageBuild> {
    const builder = await this.#options.builders.builder();
    const build = await builder.get(id, call);
    if (hasEnded(build)) {
      await this.#options.store.end(id);
    }
    return build;
  }

  /** @throws {NotFoundError} when the builder doesn't know the build */
  async log(
    id: string,
    offset: number,
    call: Call = {},
  ): Promise<ImageBuildLog> {
    const builder = await this.#options.builders.builder();
    return builder.log(id, offset, call);
  }

  /**
   * Cancels a build for who started it.
   *
   * @throws {NotAllowedError} for everybody else
   * @throws {ConflictError} when the builder can't cancel
   */
  async cancel(id: string, requester: string): Promise<ImageBuild> {
    const { builders, store } = this.#options;
    const builder = await builders.builder();
    await builder.get(id);
    if ((await store.requesterOf(id)) !== requester) {
      throw new NotAllowedError(
        'Only the person who started a build may cancel it',
      );
    }
    if (!builder.cancel) {
      throw new ConflictError("The portal's builder can't cancel a build");
    }
    await builder.cancel(id);
    return this.get(id);
  }

  /**
   * Versions of an image, newest first, how many more there are, and one that is free.
   * @throws {NotFoundError} when no registry is configured
   */
  async versions(
    name: string,
    call: Call = {},
  ): Promise<{
    readonly items: readonly ImageVersion[];
    readonly others: number;
    readonly next: string;
  }> {
    const { images, registry } = this.#options.builders;
    if (!registry) {
      throw new NotFoundError(
        'No registry is configured to read versions from; set ray.builder.registry',
      );
    }
    const { items, others } = await listVersions(
      images,
      `${registry}/${name}`,
      { ...call, most: MOST_VERSIONS },
    ).catch((error): ListedVersions => {
      if (error instanceof NotFoundError) return { items: [], others: [] };
      throw error;
    });
    const [newest] = items;
    const taken = [...items.map(({ version }) => version), ...others];
    const next = newest ? nextVersion(newest.version, taken) : FIRST;
    return { items, others: others.length, next };
  }

  async #checkLimit(requester: string): Promise<void> {
    const { store, mostPerUser } = this.#options;
    let open = 0;
    for (const id of await store.openOf(requester)) {
      const build = await this.get(id).catch(error => {
        if (!(error instanceof NotFoundError)) throw error;
        return undefined;
      });
      if (!build) {
        await store.end(id);
      } else if (!hasEnded(build)) {
        open += 1;
      }
    }
    if (open >= mostPerUser) {
      throw new TooManyRequestsError(
        `You have ${open} builds that haven't ended, which is the limit. Wait until one of them ends, or cancel one`,
      );
    }
  }
}
