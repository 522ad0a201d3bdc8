import type { RootConfigService } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { jobBranch, type JobsRepository } from '@ml-platform/gitops';
import {
  jobName,
  readJobPolicy,
  renderRayJob,
  MOST_WORKERS,
  validateRayJob,
  writeYaml,
} from '@ml-platform/rayjob';
import { checkAdmission, type JobClusterDirectory } from '@ml-platform/sdk';
import { parse as parseDotenv } from 'dotenv';
import { jobPageUrl } from '../portalUrls';
import { examples } from './createJobRenderAction.examples';
import { takeBack } from './takeBack';

/** Seconds that a Ray cluster stays after its job, unless the task says otherwise. */
const DEFAULT_TTL_SECONDS = 300;
/** Names, a second apart each, that a run tries. */
const NAME_TRIES = 60;
/** Milliseconds for which the clusters that were found are taken as known. */
const CLUSTERS_KNOWN_FOR = 5 * 60_000;
/** Annotations that the manifest gets here, and that nobody may submit. */
const OWN_ANNOTATIONS = 'ml-platform.dev/';

/**
 * Makes `ray:job:render`, which writes the manifest of one run and reserves its
 * name in the jobs repository.
 */
export function createJobRenderAction(options: {
  readonly config: RootConfigService;
  readonly repository: () => JobsRepository;
  readonly clusters: JobClusterDirectory;
  /** The time that the run is named after. */
  readonly now?: () => Date;
}) {
  const { config, clusters, now = () => new Date() } = options;
  return createTemplateAction({
    id: 'ray:job:render',
    description:
      'Renders the RayJob manifest of one run of a workload, and reserves the name of the run with a branch of the GitOps repository. The manifest is an output.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        workload: z => z.string().describe('Name of the workload'),
        version: z => z.string().describe('Version of the image'),
        image: z => z.string().describe('Reference of the image'),
        cluster: z => z.string().describe('Cluster to run on'),
        namespace: z =>
          z
            .string()
            .describe('Namespace to run in; training by default')
            .optional(),
        entrypoint: z =>
          z
            .string()
            .describe('Command that the job runs, as you type it in a shell'),
        workers: z =>
          z
            .number()
            .int()
            .min(0)
            .max(MOST_WORKERS)
            .describe(
              'Number of worker pods, 1 by default; with none, the head does the work',
            )
            .optional(),
        cpu: z =>
          z
            .string()
            .describe('CPU of each pod that works, for example 2 or 500m'),
        memory: z =>
          z.string().describe('Memory of each pod that works, for example 4Gi'),
        gpu: z =>
          z
            .number()
            .int()
            .min(0)
            .describe('NVIDIA GPUs of each pod that works; none by default')
            .optional(),
        environment: z =>
          z
            .array(z.object({ name: z.string(), value: z.string() }))
            .describe('Environment variables of the job')
            .optional(),
        dotenv: z =>
          z
            .string()
            .describe('More environment variables, as the text of a .env file')
            .optional(),
        ttlSecondsAfterFinished: z =>
          z
            .number()
            .int()
            .min(0)
            .describe(
              "Seconds that the Ray cluster stays after the job's end; 300 by default",
            )
            .optional(),
        activeDeadlineSeconds: z =>
          z
            .number()
            .int()
            .describe('Seconds that the job may take in all')
            .optional(),
        backoffLimit: z =>
          z
            .number()
            .int()
            .describe('Times that a failed job is tried again')
            .optional(),
        rayVersion: z =>
          z.string().describe('Version of Ray in the image').optional(),
        sourceCommit: z =>
          z
            .string()
            .describe('Commit that the image was built from')
            .optional(),
      },
      output: {
        name: z => z.string().describe('Name of the RayJob'),
        namespace: z => z.string().describe('Namespace of the RayJob'),
        cluster: z => z.string().describe('Cluster of the RayJob'),
        path: z =>
          z.string().describe('Path of the manifest in the GitOps repository'),
        manifest: z => z.string().describe('The manifest, as YAML'),
        jobUrl: z => z.string().describe("Address of the job's page"),
      },
    },
    async handler(ctx) {
      // The runner fills in no default of the schema, so they are given here.
      const {
        workload,
        cluster,
        namespace = 'training',
        cpu,
        memory,
        gpu = 0,
        workers = 1,
        environment = [],
        dotenv = '',
        ttlSecondsAfterFinished = DEFAULT_TTL_SECONDS,
        ...rest
      } = ctx.input;
      const { logger, signal } = ctx;
      const repository = options.repository();
      const fromText = Object.entries(parseDotenv(dotenv));

      const render = (name: string) => {
        const ref = { cluster, namespace, name };
        const request = {
          ...rest,
          name,
          namespace,
          workload,
          workers,
          environment: [
            ...environment,
            ...fromText.map(([variable, value]) => ({ name: variable, value })),
          ],
          ttlSecondsAfterFinished,
          resources: { cpu, memory, gpu },
          gitopsPath: repository.pathOf(ref),
          taskId: ctx.task.id,
          requester: ctx.user?.ref,
        };
        validateRayJob(request);
        const job = renderRayJob(request);
        return { ref, job, content: writeYaml(job) };
      };
      // Kept with the task, so that a task that continues tries the same names.
      const { time } = await ctx.checkpoint({
        key: 'job.time',
        fn: async () => ({ time: now().getTime() }),
      });
      await clusters.refreshAfter(
        CLUSTERS_KNOWN_FOR,
        signal ?? new AbortController().signal,
      );
      checkAdmission(
        {
          clusters: clusters.entries,
          complete: clusters.complete,
          policy: readJobPolicy(config.getOptional('ray.policy')),
          allowedMetadata: [OWN_ANNOTATIONS],
        },
        cluster,
        render(jobName(workload, new Date(time))).job,
      );

      function* runs() {
        for (let second = 0; second < NAME_TRIES; second += 1) {
          yield render(jobName(workload, new Date(time + second * 1_000)));
        }
      }

      async function reserve() {
        const { ref } = await repository.reserveRun(runs(), {
          signal,
          onProgress: message => logger.info(message),
        });
        if (signal?.aborted) {
          const branch = jobBranch('run', ref);
          await takeBack({ repository, branch, logger });
          throw new Error('The task was cancelled');
        }
        return { name: ref.name };
      }

      // Kept with the task, so that a task that continues keeps the name.
      const { name } = ctx.isDryRun
        ? { name: jobName(workload, new Date(time)) }
        : await ctx.checkpoint({ key: 'job.name', fn: reserve });
      const { ref, content } = render(name);
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
    },
  });
}
