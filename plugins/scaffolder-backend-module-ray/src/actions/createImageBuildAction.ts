import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { InputError, isError, NotFoundError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { RayImageBuildersService } from '@ml-platform/backstage-plugin-ray-node';
import { checkRepositoryPath } from '@ml-platform/gitops';
import pLimit from 'p-limit';
import { sourceOf, withPackedContext } from './buildContext';
import { checkImage, provenance, report } from './buildFacts';
import { examples } from './createImageBuildAction.examples';
import { followTaskBuild } from './followTaskBuild';

/** Contexts that are read, packed and handed in at the same time. */
const PACKED_AT_ONCE = 4;

/** Makes `ray:image:build`, which builds the image of a workload's version. */
export function createImageBuildAction(options: {
  readonly reader: UrlReaderService;
  readonly builders: Pick<
    RayImageBuildersService,
    'builder' | 'images' | 'registry'
  >;
  readonly pollMs?: number;
}) {
  const { reader, builders, pollMs } = options;
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

      const tell = (ref: string, digest: string, reused: boolean) => {
        ctx.output('image', ref);
        ctx.output('digest', digest);
        ctx.output('pinned', digest ? `${ref}@${digest}` : ref);
        ctx.output('reused', reused);
      };
      if (ctx.isDryRun) {
        logger.info(
          `Dry run: would ${existing ? 'take' : 'build'} ${image}:${version}`,
        );
        tell(`${image}:${version}`, '', false);
        return;
      }
      if (existing) {
        const ref = [builders.registry, `${image}:${version}`]
          .filter(Boolean)
          .join('/');
        const digest = await builders.images.digest(ref, { signal });
        if (!digest) {
          throw new NotFoundError(
            `There is no version ${version} of ${image} in the registry; choose one that there is, or build it`,
          );
        }
        logger.info(`Taking ${ref} as it is`);
        tell(ref, digest, true);
        return;
      }
      const builder = await builders.builder();
      const source = sourceOf(sourceUrl);

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
              labels: provenance(ctx.input, source, {
                requester: ctx.user?.ref,
                task: ctx.task.id,
              }),
              // No cancel cuts this off: only a build whose ID is known can be ended.
            });
            return { build, dockerfileText };
          },
        );
      const start = () =>
        packing(() => {
          signal?.throwIfAborted();
          return handIn();
        });

      const build = await followTaskBuild(ctx, {
        builder,
        start,
        dockerfile,
        pollMs,
      });
      logger.info(report(build));
      // Only what the registry says can be pulled.
      const digest = await builders.images
        .digest(build.image, { signal })
        .catch(error => {
          logger.warn(
            `The digest of ${build.image} isn't known, so that the manifest can't pin it: ${isError(error) ? error.message : error}`,
          );
          return undefined;
        });
      tell(build.image, digest ?? '', build.reused);
    },
  });
}
