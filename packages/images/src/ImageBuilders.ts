import { ConflictError, InputError } from '@backstage/errors';
import { BuildServiceClient } from './BuildServiceClient';
import type { ImageBuilder } from './ImageBuilder';

/** Which builder to use, and how to reach it. */
export interface ImageBuilderSettings {
  /** Default: the build service. */
  readonly type?: string;
  /** Address of the build service. */
  readonly url?: string;
  /** Bearer token of the build service. */
  readonly token?: string;
}

/** The type of the build service. */
const SERVICE = 'service';

/** The builders there are, and the one that the configuration chooses. */
export class ImageBuilders {
  readonly #builders = new Map<string, ImageBuilder>();

  addImageBuilder(type: string, builder: ImageBuilder): void {
    if (type === SERVICE || this.#builders.has(type)) {
      throw new ConflictError(`There is an image builder '${type}' already`);
    }
    this.#builders.set(type, builder);
  }

  /**
   * The builder that the settings name.
   * @throws {InputError} when they name none, or one that does not exist
   */
  choose(settings: ImageBuilderSettings | undefined): ImageBuilder {
    if (!settings) {
      throw new InputError('No image builder is configured: set ray.builder');
    }
    const { type = SERVICE, url, token } = settings;
    if (type === SERVICE) {
      if (!url) {
        throw new InputError(
          'The address of the build service is missing; set ray.builder.url',
        );
      }
      return new BuildServiceClient({ url, token });
    }
    const builder = this.#builders.get(type);
    if (!builder) {
      throw new InputError(
        `There is no image builder '${type}'; set ray.builder.type to one of ${[SERVICE, ...this.#builders.keys()].join(', ')}`,
      );
    }
    return builder;
  }
}
