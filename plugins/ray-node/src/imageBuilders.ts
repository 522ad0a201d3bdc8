import {
  coreServices,
  createExtensionPoint,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import {
  ImageBuilders,
  type ImageBuilder,
  type ImageBuilderSettings,
} from '@ml-platform/images';
import { GoogleToken } from '@ml-platform/kube';

/** Takes builders of images from other modules. */
export interface RayImageBuildersExtensionPoint {
  /**
   * Adds a builder, which `ray.builder.type` chooses.
   * @throws {ConflictError} for a type that is taken
   */
  addImageBuilder(type: string, builder: ImageBuilder): void;
}

/** Other ways to build an image than those that are built in; of the plugin `ray`. */
export const rayImageBuildersExtensionPoint =
  createExtensionPoint<RayImageBuildersExtensionPoint>({
    id: 'ray.image-builders',
  });

/** Builds images, and looks up what was built: the same for all plugins of a process. */
export interface RayImageBuildersService extends RayImageBuildersExtensionPoint {
  /**
   * The builder of the configuration, once all modules have added theirs.
   * @throws {InputError} when none is configured, or one that does not exist
   */
  builder(): Promise<ImageBuilder>;
  /** Looks images up, with the credentials of the backend. */
  readonly images: ImageBuilders['images'];
  /** Registry and path of the images; empty where it isn't configured. */
  readonly registry: string;
  /** Seconds that a build may take. */
  readonly timeoutSeconds: number;
}

/** Builds images, as `ray.builder` says. */
export const rayImageBuildersServiceRef =
  createServiceRef<RayImageBuildersService>({
    id: 'ray.image-builders-service',
    scope: 'root',
    defaultFactory: async service =>
      createServiceFactory({
        service,
        deps: {
          config: coreServices.rootConfig,
          lifecycle: coreServices.rootLifecycle,
        },
        factory({ config, lifecycle }): RayImageBuildersService {
          const google = new GoogleToken();
          const builders = new ImageBuilders({
            settings: config.getOptional<ImageBuilderSettings>('ray.builder'),
            env: process.env,
            googleToken: () => google.token(),
          });
          const started = new Promise<void>(resolve => {
            lifecycle.addStartupHook(() => resolve());
          });
          return {
            images: builders.images,
            registry: builders.registry,
            timeoutSeconds: builders.timeoutSeconds,
            addImageBuilder: (type, builder) =>
              builders.addImageBuilder(type, builder),
            async builder() {
              // A task that continues may ask before the last module is there.
              await started;
              return builders.builder();
            },
          };
        },
      }),
  });
