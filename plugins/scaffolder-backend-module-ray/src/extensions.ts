import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { ImageBuilder } from '@ml-platform/images';

/** Takes builders of images from other modules. */
export interface RayImageBuildersExtensionPoint {
  /**
   * Adds a builder, which `ray.builder.type` chooses.
   * @throws {ConflictError} for a type that is taken
   */
  addImageBuilder(type: string, builder: ImageBuilder): void;
}

/** Other ways to build an image than the build service. */
export const rayImageBuildersExtensionPoint =
  createExtensionPoint<RayImageBuildersExtensionPoint>({
    id: 'scaffolder.ray.image-builders',
  });
