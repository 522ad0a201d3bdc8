import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  resolveSafeChildPath,
  type RootConfigService,
  type UrlReaderService,
} from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { validateImageTag } from '@ml-platform/rayjob';
import {
  followBuild,
  type ImageBuilders,
  isImageName,
  packContext,
  type ImageBuilderSettings,
} from '@ml-platform/images';
import { checkRepositoryPath } from '@ml-platform/gitops';
import { examples } from './createImageBuildAction.examples';

function checkImage(image: string, version: string): void {
  if (!isImageName(image)) {
    throw new InputError(
      `'${image}' can't be the name of an image; use lowercase letters, digits, hyphens, dots and underscores, and start and end with a letter or digit`,
    );
  }
  const problem = validateImageTag(version);
  if (problem) {
    throw new InputError(problem);
  }
}

/** Makes `ray:image:build`, which builds the image of a workload's version. */
export function createImageBuildAction(options: {
  readonly config: RootConfigService;
  readonly reader: UrlReaderService;
  readonly builders: ImageBuilders;
  readonly pollMs?: number;
}) {
  const { config, reader, builders, pollMs } = options;
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
        digest: z => z.string().describe('Digest of the image'),
        reused: z =>
          z
            .boolean()
            .describe('True when the same content had been built before'),
      },
    },
    async handler(ctx) {
      const { image, version, sourceUrl, contextPath } = ctx.input;
      const { logger, signal } = ctx;
      const dockerfile = checkRepositoryPath(
        ctx.input.dockerfile ?? 'Dockerfile',
        '',
      );
      checkImage(image, version);
      if ((sourceUrl === undefined) === (contextPath === undefined)) {
        throw new InputError('Give either sourceUrl or contextPath');
      }
      if (ctx.isDryRun) {
        logger.info(`Dry run: would build ${image}:${version}`);
        ctx.output('image', `${image}:${version}`);
        ctx.output('digest', '');
        ctx.output('reused', false);
        return;
      }
      const builder = builders.choose(
        config.getOptional<ImageBuilderSettings>('ray.builder'),
      );

      async function start() {
        const folder = await ctx.createTemporaryDirectory();
        try {
          let root = resolveSafeChildPath(
            ctx.workspacePath,
            contextPath ?? '.',
          );
          if (sourceUrl !== undefined) {
            logger.info(`Reading ${sourceUrl}`);
            const tree = await reader.readTree(sourceUrl, { signal });
            root = await tree.dir({
              targetDir: await mkdtemp(join(folder, 'context-')),
            });
          }
          const contextFile = join(folder, 'context.tar');
          const { files, bytes } = await packContext({
            root,
            dockerfile,
            target: contextFile,
            signal,
          });
          logger.info(
            `Packed ${files} files of ${Math.ceil(bytes / 1024)} KiB in all`,
          );
          signal?.throwIfAborted();
          const { id } = await builder.start({
            image,
            version,
            dockerfile,
            contextFile,
            signal,
          });
          return { id };
        } catch (error) {
          if (error instanceof ConflictError) {
            throw new ConflictError(
              `Version ${version} of ${image} exists with other content, and a version never changes: choose another version`,
              error,
            );
          }
          throw error;
        } finally {
          // A task that fails leaves its temporary directories behind.
          await rm(folder, { recursive: true, force: true });
        }
      }

      const follow = (id: string) =>
        followBuild({
          builder,
          id,
          signal,
          pollMs,
          onLine: line => logger.info(line),
        });

      // Kept with the task, so that a task that continues follows the same build.
      const { id } = await ctx.checkpoint({ key: 'build.id', fn: start });
      logger.info(`Following build ${id}`);
      const build = await follow(id).catch(async error => {
        if (!(error instanceof NotFoundError)) {
          throw error;
        }
        logger.warn('The builder lost the build; starting it again');
        return follow((await start()).id);
      });
      if (build.state === 'failed') {
        throw new Error(
          `Couldn't build the image: ${build.error ?? 'the log above says why'}`,
        );
      }
      logger.info(
        build.reused
          ? `${build.image} was built before from the same content`
          : `Built ${build.image}`,
      );
      ctx.output('image', build.image);
      ctx.output('digest', build.digest ?? '');
      ctx.output('reused', build.reused);
    },
  });
}
