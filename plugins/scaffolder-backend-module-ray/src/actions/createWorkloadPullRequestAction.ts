import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import {
  resolveSafeChildPath,
  type RootConfigService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  addition,
  type FileChange,
  type JobsRepository,
} from '@ml-platform/gitops';
import {
  STORAGE_CLASSES,
  type WorkloadStorageSpec,
} from '@ml-platform/workload-storage';
import { taskPageUrl } from '../portalUrls';
import { CANCEL_TAKES_MS } from './cancelled';
import {
  requireStorageConfig,
  storageFiles,
  storageRefOf,
} from '../storageOfWorkload';
import { examples } from './createWorkloadPullRequestAction.examples';
import { openTaskPullRequest } from './openTaskPullRequest';

/** Folder of the repository with a folder for each workload. */
const WORKLOADS = 'workloads';
/** Also the rule of Kubernetes' labels, images and the catalog's names. */
const NAME = /^[a-z][a-z0-9]*([_-][a-z0-9]+)*$/;
const LONGEST_NAME = 40;

async function readFiles(folder: string) {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  }).catch(error => {
    throw new InputError(
      "The folder is no longer in the task's workspace; start the template again",
      error,
    );
  });
  const files = entries
    .filter(entry => entry.isFile())
    .map(async entry => {
      const file = join(entry.parentPath, entry.name);
      return {
        path: posix.normalize(
          file.slice(folder.length + 1).replaceAll('\\', '/'),
        ),
        content: await readFile(file, 'utf8'),
      };
    });
  return Promise.all(files);
}

const STORAGE_TEXT =
  'It also creates a bucket in Google Cloud, and an account with rights on this bucket alone, which the jobs run as. The page of the workload shows when they are ready.';

/** The files of the storage that is asked for; none where none is. */
function storageChanges(options: {
  readonly name: string;
  readonly owner?: string;
  readonly storage?: WorkloadStorageSpec & {
    readonly create?: boolean;
    readonly namespace?: string;
  };
  readonly config: RootConfigService;
  readonly gitopsPath: string;
}): FileChange[] {
  const { name, owner, config, gitopsPath } = options;
  const { create, namespace = 'training', ...spec } = options.storage ?? {};
  return create
    ? storageFiles({
        storage: requireStorageConfig(config),
        gitopsPath,
        ref: storageRefOf(name, namespace),
        spec: { workload: name, owner, ...spec },
      })
    : [];
}

/**
 * Makes `ray:workload:pull-request`, which proposes the folder of a new
 * workload by one pull request for each task.
 */
export function createWorkloadPullRequestAction(options: {
  readonly config: RootConfigService;
  readonly repository: () => JobsRepository;
  readonly cancelTakesMs?: number;
}) {
  const { config, cancelTakesMs = CANCEL_TAKES_MS } = options;
  return createTemplateAction({
    id: 'ray:workload:pull-request',
    description:
      'Opens the pull request that adds the folder of a new workload to the repository of ray.gitops. Opens one for each task, and finds it again when the task is tried again.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z => z.string().describe('Name of the workload and its folder'),
        sourcePath: z =>
          z
            .string()
            .describe("Folder of the task's workspace with the text files"),
        description: z =>
          z
            .string()
            .describe('What it trains, for the pull request')
            .optional(),
        owner: z =>
          z.string().describe('Entity reference of its owner').optional(),
        storage: z =>
          z
            .object({
              create: z.boolean().optional(),
              namespace: z.string().optional(),
              storageClass: z.enum(STORAGE_CLASSES).optional(),
              deleteAfterDays: z.number().optional(),
              versioning: z.boolean().optional(),
            })
            .describe(
              'A bucket in Google Cloud for its jobs, with create: true; the namespace is training by default',
            )
            .optional(),
      },
      output: {
        pullRequestUrl: z => z.string().describe('Its web page'),
        pullRequestNumber: z => z.number().describe('Its number'),
        branch: z => z.string().describe('Its branch'),
        created: z =>
          z
            .boolean()
            .describe('False when an earlier try of the task had opened it'),
      },
    },
    async handler(ctx) {
      const { name, sourcePath, description = '' } = ctx.input;
      if (!NAME.test(name) || name.length > LONGEST_NAME) {
        throw new InputError(
          `'${name}' can't name a workload; use at most ${LONGEST_NAME} lowercase letters and digits, with single hyphens or underscores between them, and start with a letter`,
        );
      }
      const repository = options.repository();
      const storage = storageChanges({
        ...ctx.input,
        config,
        gitopsPath: repository.config.path,
      });
      const folder = resolveSafeChildPath(ctx.workspacePath, sourcePath);
      await openTaskPullRequest(ctx, {
        repository,
        cancelTakesMs,
        branch: `ray-workload/${ctx.task.id}`,
        adds: `${WORKLOADS}/${name}`,
        purpose: 'add the workload',
        undo: 'revert it in the repository to remove the workload',
        propose: async () => {
          // Kept with the task: the workspace is gone when the task continues later.
          const { files } = await ctx.checkpoint({
            key: 'workload.files',
            fn: async () => ({ files: await readFiles(folder) }),
          });
          if (files.length === 0) {
            throw new InputError(`There are no files in ${sourcePath}`);
          }
          return {
            changes: [
              ...files.map(({ path, content }) =>
                addition(`${WORKLOADS}/${name}/${path}`, content),
              ),
              ...storage,
            ],
            title: `Add workload ${name}`,
            body: [
              description.replace(/\s+/g, ' ').trim(),
              'After you merge this, the workload appears in the catalog automatically, and you can create training jobs for it.',
              storage.length > 0 ? STORAGE_TEXT : '',
              `[Task](${taskPageUrl(config, ctx.task.id)})`,
            ]
              .filter(Boolean)
              .join('\n\n'),
          };
        },
      });
    },
  });
}
