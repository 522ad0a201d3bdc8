import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import {
  resolveSafeChildPath,
  type RootConfigService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { readGitOps } from '../config';
import type { GitHubAccess } from '@ml-platform/gitops';
import { taskPageUrl } from '../portalUrls';
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
      "The task's workspace has no such folder any more; start the template anew",
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

/**
 * Makes `ray:workload:pull-request`, which proposes the folder of a new
 * workload by one pull request for each task.
 */
export function createWorkloadPullRequestAction(options: {
  readonly config: RootConfigService;
  readonly github: GitHubAccess;
}) {
  const { config, github } = options;
  return createTemplateAction({
    id: 'ray:workload:pull-request',
    description:
      'Opens the pull request that adds the folder of a new workload to the repository of ray.gitops. Opens one for each task, and finds it again when the task is run again.',
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
      },
      output: {
        pullRequestUrl: z => z.string().describe('Its web page'),
        pullRequestNumber: z => z.number().describe('Its number'),
        branch: z => z.string().describe('Its branch'),
        created: z =>
          z
            .boolean()
            .describe('False where an earlier run of the task had opened it'),
      },
    },
    async handler(ctx) {
      const { name, sourcePath, description = '' } = ctx.input;
      if (!NAME.test(name) || name.length > LONGEST_NAME) {
        throw new InputError(
          `'${name}' can't name a workload; use at most ${LONGEST_NAME} small letters and digits, single dashes or _ between them, and start with a letter`,
        );
      }
      const gitops = readGitOps(config);
      const folder = resolveSafeChildPath(ctx.workspacePath, sourcePath);
      await openTaskPullRequest(ctx, {
        github,
        gitops,
        branch: `ray-workload/${ctx.task.id}`,
        adds: `${WORKLOADS}/${name}`,
        purpose: 'add the workload',
        propose: async () => {
          // Kept with the task: the workspace is gone when the task goes on later.
          const { files } = await ctx.checkpoint({
            key: 'workload.files',
            fn: async () => ({ files: await readFiles(folder) }),
          });
          if (files.length === 0) {
            throw new InputError(`There are no files in ${sourcePath}`);
          }
          return {
            files: files.map(({ path, content }) => ({
              path: `${WORKLOADS}/${name}/${path}`,
              content,
            })),
            title: `Add workload ${name}`,
            body: [
              description.replace(/\s+/g, ' ').trim(),
              'Once this is merged, the catalog finds the workload by itself, and training jobs can be created for it.',
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
