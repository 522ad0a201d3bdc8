import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  parseJobManifestPath,
  type GitHubAccess,
  pullRequestBody,
  checkRepositoryPath,
} from '@ml-platform/gitops';
import { readGitOps } from '../config';
import { jobPageUrl, taskPageUrl } from '../portalUrls';
import { parseManifest } from '@ml-platform/rayjob';
import { examples } from './createGitopsPullRequestAction.examples';
import { openTaskPullRequest } from './openTaskPullRequest';

/**
 * Makes `ray:gitops:pull-request`, which asks for a run by a pull request:
 * one for each task, however often the task is run.
 */
export function createGitopsPullRequestAction(options: {
  readonly config: RootConfigService;
  readonly github: GitHubAccess;
}) {
  const { config, github } = options;
  return createTemplateAction({
    id: 'ray:gitops:pull-request',
    description:
      'Opens the pull request that adds the manifest of a run to the GitOps repository. Opens one for each task, and finds it again when the task is run again.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        path: z =>
          z
            .string()
            .describe(
              'Path of the manifest in the GitOps repository, as ray:job:render gives it',
            ),
        manifest: z => z.string().describe('The RayJob, as YAML'),
        title: z => z.string().describe('Title of the pull request').optional(),
        description: z =>
          z
            .string()
            .describe('More to say in the pull request, in Markdown')
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
      const { path, manifest, title, description } = ctx.input;
      const gitops = readGitOps(config);
      checkRepositoryPath(path, gitops.path);
      const ref = parseJobManifestPath(path, gitops.path);
      if (!ref) {
        throw new InputError(
          `'${path}' is no place for the manifest of a job; take the path that ray:job:render gives`,
        );
      }
      const job = parseManifest(manifest, ref);
      const pull = await openTaskPullRequest(ctx, {
        github,
        gitops,
        branch: `ray-job/${ctx.task.id}`,
        adds: path,
        purpose: 'start the job',
        propose: async () => ({
          files: [{ path, content: manifest }],
          title: title ?? `Run training job ${ref.name}`,
          body: pullRequestBody({
            cluster: ref.cluster,
            job,
            description,
            jobUrl: jobPageUrl(config, ref),
            taskUrl: taskPageUrl(config, ctx.task.id),
          }),
        }),
      });
      if (pull?.state === 'closed') {
        ctx.logger.warn(
          `${pull.url} was closed without being merged, so the job won't run; start the template anew to ask again`,
        );
      }
    },
  });
}
