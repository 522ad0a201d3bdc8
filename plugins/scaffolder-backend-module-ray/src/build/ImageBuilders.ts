import type { RootConfigService } from '@backstage/backend-plugin-api';
import { ConflictError, InputError } from '@backstage/errors';
import type { RayImageBuildersExtensionPoint } from '../extensions';
import { BuildServiceClient } from './BuildServiceClient';
import type { ImageBuilder } from './ImageBuilder';

/** Type of the builder that this module brings. */
const SERVICE = 'service';

/** The builders there are, and the one that the configuration chooses. */
export class ImageBuilders implements RayImageBuildersExtensionPoint {
  readonly #builders = new Map<string, ImageBuilder>();

  addImageBuilder(type: string, builder: ImageBuilder): void {
    if (type === SERVICE || this.#builders.has(type)) {
      throw new ConflictError(`There is an image builder '${type}' already`);
    }
    this.#builders.set(type, builder);
  }

  /**
   * The builder that `ray.builder` names.
   * @throws InputError where it names none, or one that is not there
   */
  choose(config: RootConfigService): ImageBuilder {
    const section = config.getOptionalConfig('ray.builder');
    if (!section) {
      throw new InputError(
        'The portal knows no image builder; set ray.builder in its configuration',
      );
    }
    const type = section.getOptionalString('type') ?? SERVICE;
    if (type === SERVICE) {
      return new BuildServiceClient({
        url: section.getString('url'),
        token: section.getOptionalString('token'),
      });
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
