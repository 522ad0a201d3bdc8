import type {
  PermissionsService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  requireImageBuild,
  type RayImageBuildersService,
} from '@ml-platform/backstage-plugin-ray-node';
import { checkRepositoryPath } from '@ml-platform/gitops';
import { REVISION_LABEL, type RegistryImage } from '@ml-platform/images';
import pLimit from 'p-limit';
import { sourceOf, withPackedContext } from './buildContext';
import { checkImage, originOf, provenance, report } from './buildFacts';
import { builtImage } from './builtImage';
import { examples } from './createImageBuildAction.examples';
import { followTaskBuild } from './followTaskBuild';

/** Contexts that are read, packed and handed in at the same time. */
const PACKED_AT_ONCE = 4;

/** Makes `ray:image:build`, which builds the image of a workload's version. */
export function createImageBuildAction(options: {
  readonly reader: UrlReaderService;
  readonly permissions: PermissionsService;
  readonly builders: Pick<
    RayImageBuildersService,
    'builder' | 'images' | 'registry'
  >;
  readonly pollMs?: number;
}) {
  const { reader, permissions, builders, pollMs } = options;
  // Any number of tasks may wait for their builds, but these steps cost memory and CPU.
  const packing = pLimit(PACKED_AT_ONCE);
  return createTemplateAction({
    id: 'ray:image:build',
    description:
      "Builds the image of a workload's version, and shows the build's log as it comes. The same content is built once; a version never changes.",
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        image: z =>
          z
            .string()
            .describe(
              'Name of the image, for example the name of the workload',
            ),
        version: z => z.string().describe('Version of the image'),
        existing: z =>
          z
            .boolean()
            .describe(
              'Takes the version as it is in the registry, and builds nothing',
            )
            .optional(),
        sourceUrl: z =>
          z
            .string()
            .describe(
              'Web address of the folder to build, best at a commit, from the output of ray:workload:resolve',
            )
            .optional(),
        contextPath: z =>
          z
            .string()
            .describe(
              "Folder of the task's workspace to build, instead of sourceUrl",
            )
            .optional(),
        dockerfile: z =>
          z
            .string()
            .describe(
              'Path of the Dockerfile in the folder; Dockerfile by default',
            )
            .optional(),
      },
      output: {
        image: z => z.string().describe('Full reference of the image'),
        digest: z => z.string().describe('Digest of the image in its registry'),
        pinned: z =>
          z.string().describe('The reference with the digest, for a manifest'),
        reused: z =>
          z
            .boolean()
            .describe('True when the same content had been built before'),
        sourceCommit: z =>
          z
            .string()
            .describe(
              "Commit that the image was built from; empty where the image doesn't say",
            ),
        sourceUrl: z =>
          z
            .string()
            .describe(
              "Web address of the folder at that commit; empty where it isn't known",
            ),
      },
    },
    async handler(ctx) {
      const { image, version, existing, sourceUrl, contextPath } = ctx.input;
      const { logger, signal } = ctx;
      const dockerfile = checkRepositoryPath(
        ctx.input.dockerfile ?? 'Dockerfile',
        '',
      );
      checkImage(image, version);
      if ((sourceUrl === undefined) === (contextPath === undefined)) {
        throw new InputError('Give either sourceUrl or contextPath');
      }

      const tell = (
        ref: string,
        { digest, labels }: Pick<RegistryImage, 'digest' | 'labels'>,
        reused: boolean,
      ) => {
        const origin = originOf(labels, sourceUrl);
        ctx.output('image', ref);
        ctx.output('digest', digest);
        ctx.output('pinned', digest ? `${ref}@${digest}` : ref);
        ctx.output('reused', reused);
        ctx.output('sourceCommit', origin.sourceCommit);
        ctx.output('sourceUrl', origin.sourceUrl);
      };
      if (ctx.isDryRun) {
        logger.info(
          `Dry run: would ${existing ? 'take' : 'build'} ${image}:${version}`,
        );
        tell(`${image}:${version}`, { digest: '', labels: {} }, false);
        return;
      }
      if (existing) {
        const ref = [builders.registry, `${image}:${version}`]
          .filter(Boolean)
          .join('/');
        const found = await builders.images.image(ref, { signal });
        if (!found) {
          throw new NotFoundError(
            `There is no version ${version} of ${image} in the registry; choose one that there is, or build it`,
          );
        }
        logger.info(`Taking ${ref} as it is`);
        tell(ref, found, true);
        return;
      }
      const builder = await builders.builder();
      const source = sourceOf(sourceUrl);
      const labels = provenance(ctx.input, source, {
        requester: ctx.user?.ref,
        task: ctx.task.id,
      });

      const handIn = () =>
        withPackedContext(
          ctx,
          { sourceUrl, contextPath, dockerfile },
          reader,
          async ({ contextFile, dockerfileText }) => {
            const build = await builder.start({
              image,
              version,
              dockerfile,
              contextFile,
              source,
              labels,
              // No cancel cuts this off: only a build whose ID is known can be ended.
            });
            return { build, dockerfileText };
          },
        );
      const start = async () => {
        await requireImageBuild(
          permissions,
          await ctx.getInitiatorCredentials(),
        );
        return packing(() => {
          signal?.throwIfAborted();
          return handIn();
        });
      };

      const build = await followTaskBuild(ctx, {
        builder,
        start,
        dockerfile,
        pollMs,
      });
      logger.info(report(build));
      const built = await builtImage({
        images: builders.images,
        build,
        signal,
        pauseMs: pollMs,
      });
      // An image that is reused may be of another commit with the same content.
      tell(
        build.image,
        REVISION_LABEL in built.labels ? built : { ...built, labels },
        build.reused,
      );
    },
  });
}
