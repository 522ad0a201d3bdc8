import type { RootConfigService } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { jobBranch, type JobsRepository } from '@ml-platform/gitops';
import { checkParameters, parameterTexts } from '@ml-platform/parameters';
import {
  environmentOf,
  estimateCost,
  jobManifest,
  jobName,
  orderedSpec,
  readJobPresets,
  readStorage,
  storageOfRun,
  writeManifest,
} from '@ml-platform/rayjob';
import type { ParameterFiles } from '@ml-platform/backstage-plugin-ray-node';
import { parse as parseDotenv } from 'dotenv';
import { jobPageUrl } from '../portalUrls';
import { admitJob, type JobRulesOptions } from './admitJob';
import { examples } from './createJobRenderAction.examples';
import { jobRenderInput } from './jobRenderSchema';
import { PATIENCE_MS } from './patience';
import type { QuotaJobs } from './QuotaJobs';
import { takeBack } from './takeBack';

/** Names, a second apart each, that a run tries. */
const NAME_TRIES = 60;

/**
 * Makes `ray:job:render`, which writes the manifest of one run and reserves its
 * name in the jobs repository.
 */
export function createJobRenderAction(
  options: JobRulesOptions & {
    readonly config: RootConfigService;
    readonly repository: () => JobsRepository;
    readonly files: Pick<ParameterFiles, 'read'>;
    readonly quotaJobs: Pick<QuotaJobs, 'at'>;
    /** The time that the run is named after. */
    readonly now?: () => Date;
  },
) {
  const { config, files, now = () => new Date() } = options;
  return createTemplateAction({
    id: 'ray:job:render',
    description:
      'Renders the RayJob manifest of one run of a workload, and reserves the name of the run with a branch of the GitOps repository. The manifest is an output.',
    examples,
    supportsDryRun: true,
    schema: {
      input: jobRenderInput,
      output: {
        name: z => z.string().describe('Name of the RayJob'),
        namespace: z => z.string().describe('Namespace of the RayJob'),
        cluster: z => z.string().describe('Cluster of the RayJob'),
        path: z =>
          z.string().describe('Path of the manifest in the GitOps repository'),
        manifest: z => z.string().describe('The manifest, as YAML'),
        jobUrl: z => z.string().describe("Address of the job's page"),
        cost: z => z.string().describe('What it costs, for people'),
      },
    },
    async handler(ctx) {
      // The runner fills in no default of the schema, so they are given here.
      const {
        workload,
        cluster,
        namespace = 'training',
        parameters = {},
        sourceUrl,
        environment = [],
        dotenv = '',
        storage,
        bucket,
        serviceAccount,
        sourceCommit,
        ...order
      } = ctx.input;
      const { logger, signal } = ctx;
      const repository = options.repository();
      const presets = readJobPresets(config.getOptional('ray.jobs'));
      const schema = sourceUrl && (await files.read(sourceUrl, signal));
      const fromText = Object.entries(parseDotenv(dotenv));
      const spec = orderedSpec(
        {
          ...order,
          ...storageOfRun(
            readStorage(storage, bucket),
            namespace,
            serviceAccount,
          ),
          name: workload,
          parameters: schema
            ? checkParameters(schema, parameters)
            : parameterTexts(parameters),
          env: environmentOf([
            ...environment,
            ...fromText.map(([name, value]) => ({ name, value })),
          ]),
        },
        presets,
        cluster,
      );

      const render = (runName: string) => {
        const ref = { cluster, namespace, name: runName };
        const job = jobManifest(
          { ...spec, runName },
          {
            namespace,
            now: now(),
            gitopsPath: repository.pathOf(ref),
            taskId: ctx.task.id,
            requester: ctx.user?.ref,
            sourceCommit,
          },
        );
        return { ref, job, content: writeManifest(job) };
      };
      // Kept with the task, so that a task that continues tries the same names.
      const { time } = await ctx.checkpoint({
        key: 'job.time',
        fn: async () => ({ time: now().getTime() }),
      });
      const { job } = render(jobName(workload, new Date(time)));
      const admit = () => admitJob(ctx, options, { cluster, job });

      function* runs() {
        for (let second = 0; second < NAME_TRIES; second += 1) {
          yield render(jobName(workload, new Date(time + second * 1_000)));
        }
      }

      async function reserve() {
        await admit();
        const { ref } = await repository.reserveRun(runs(), {
          signal,
          patienceMs: PATIENCE_MS,
          onProgress: message => logger.info(message),
        });
        if (signal?.aborted) {
          const branch = jobBranch('run', ref);
          const undo = `stop the job at ${jobPageUrl(config, ref)}`;
          await takeBack({ repository, branch, undo, logger });
          throw new Error('The task was cancelled');
        }
        return { name: ref.name };
      }

      async function dryRun() {
        await admit();
        return { name: jobName(workload, new Date(time)) };
      }

      // Kept with the task, so that a task that continues keeps the name, and isn't
      // held to a quota that it takes a part of itself.
      const { name } = ctx.isDryRun
        ? await dryRun()
        : await ctx.checkpoint({ key: 'job.name', fn: reserve });
      const { ref, job: rendered, content } = render(name);
      const path = repository.pathOf(ref);
      logger.info(`Rendered ${path}`);
      for (const line of content.trimEnd().split('\n')) {
        logger.info(line);
      }

      ctx.output('name', name);
      ctx.output('namespace', namespace);
      ctx.output('cluster', cluster);
      ctx.output('path', path);
      ctx.output('manifest', content);
      ctx.output('jobUrl', jobPageUrl(config, ref));
      ctx.output('cost', estimateCost(rendered, presets).text);
    },
  });
}
