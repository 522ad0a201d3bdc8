import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  addition,
  checkRepositoryPath,
  jobBranch,
  pullRequestBody,
  type JobsRepository,
} from '@ml-platform/gitops';
import { jobPageUrl, taskPageUrl } from '../portalUrls';
import { parseManifest, readJobPresets } from '@ml-platform/rayjob';
import { admitJob, type JobRulesOptions } from './admitJob';
import { CANCEL_TAKES_MS } from './cancelled';
import { examples } from './createGitopsPullRequestAction.examples';
import { openTaskPullRequest } from './openTaskPullRequest';

/**
 * Makes `ray:gitops:pull-request`, which asks for a run by a pull request: one
 * for each run, however often the task is tried.
 */
export function createGitopsPullRequestAction(
  options: JobRulesOptions & {
    readonly config: RootConfigService;
    readonly repository: () => JobsRepository;
    readonly cancelTakesMs?: number;
  },
) {
  const { config, cancelTakesMs = CANCEL_TAKES_MS } = options;
  return createTemplateAction({
    id: 'ray:gitops:pull-request',
    description:
      'Opens the pull request that adds the manifest of a run to the GitOps repository. Opens one for each run, and finds it again when the task is tried again.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        path: z =>
          z
            .string()
            .describe(
              'Path of the manifest in the GitOps repository, from the output of ray:job:render',
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
            .describe('False when an earlier try of the task had opened it'),
      },
    },
    async handler(ctx) {
      const { path, manifest, title, description } = ctx.input;
      const repository = options.repository();
      checkRepositoryPath(path, repository.config.path);
      const ref = repository.jobAt(path);
      if (!ref || repository.pathOf(ref) !== path) {
        throw new InputError(
          `'${path}' isn't the path of a job's manifest; use the output path of ray:job:render`,
        );
      }
      const job = parseManifest(manifest, ref);
      // The manifest may come from anywhere, not only from ray:job:render.
      await admitJob(ctx, options, { cluster: ref.cluster, job });
      const pull = await openTaskPullRequest(ctx, {
        repository,
        cancelTakesMs,
        branch: jobBranch('run', ref),
        adds: path,
        purpose: 'start the job',
        undo: `stop the job at ${jobPageUrl(config, ref)}`,
        propose: async () => ({
          changes: [addition(path, manifest)],
          title: title ?? `Run training job ${ref.name}`,
          body: pullRequestBody({
            cluster: ref.cluster,
            job,
            description,
            presets: readJobPresets(config.getOptional('ray.jobs')),
            links: {
              'Training job': jobPageUrl(config, ref),
              Task: taskPageUrl(config, ctx.task.id),
            },
          }),
        }),
      });
      if (pull?.state === 'closed') {
        ctx.logger.warn(
          `${pull.url} was closed without being merged, so the job won't run; start the template again to ask for another run`,
        );
      }
    },
  });
}
