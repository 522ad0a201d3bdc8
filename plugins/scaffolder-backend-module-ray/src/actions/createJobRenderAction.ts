import type { RootConfigService } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { jobManifestPath } from '@ml-platform/gitops';
import {
  jobName,
  renderRayJob,
  MOST_WORKERS,
  validateRayJob,
  writeYaml,
} from '@ml-platform/rayjob';
import { checkPlace, readClusters, readGitOps } from '../config';
import { jobPageUrl } from '../portalUrls';
import { examples } from './createJobRenderAction.examples';

/** Seconds that a Ray cluster stays after its job, unless the task says else. */
const DEFAULT_TTL_SECONDS = 300;

/** Makes `ray:job:render`, which writes the manifest of one run. */
export function createJobRenderAction(options: {
  readonly config: RootConfigService;
  /** The time that the run is named after. */
  readonly now?: () => Date;
}) {
  const { config, now = () => new Date() } = options;
  return createTemplateAction({
    id: 'ray:job:render',
    description:
      'Renders the RayJob manifest of one run of a workload. Writes nothing: the manifest is an output.',
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
          z.string().describe('Command that the job runs, as in a shell'),
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
          z.string().describe('CPU of each pod that works, as 2 or 500m'),
        memory: z =>
          z.string().describe('Memory of each pod that works, as 4Gi'),
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
        ttlSecondsAfterFinished = DEFAULT_TTL_SECONDS,
        ...rest
      } = ctx.input;
      const gitops = readGitOps(config);
      checkPlace(readClusters(config), { cluster, namespace });

      // Kept with the task, so that a run that goes on keeps its name.
      const { name } = await ctx.checkpoint({
        key: 'job.name',
        fn: async () => ({ name: jobName(workload, now()) }),
      });
      const path = jobManifestPath(cluster, namespace, name, gitops.path);
      const request = {
        ...rest,
        name,
        namespace,
        workload,
        workers,
        environment,
        ttlSecondsAfterFinished,
        resources: { cpu, memory, gpu },
        gitopsPath: path,
        taskId: ctx.task.id,
        requester: ctx.user?.ref,
      };
      validateRayJob(request);
      const manifest = writeYaml(renderRayJob(request));
      ctx.logger.info(`Rendered ${path}`);
      for (const line of manifest.trimEnd().split('\n')) {
        ctx.logger.info(line);
      }

      ctx.output('name', name);
      ctx.output('namespace', namespace);
      ctx.output('cluster', cluster);
      ctx.output('path', path);
      ctx.output('manifest', manifest);
      ctx.output('jobUrl', jobPageUrl(config, { cluster, namespace, name }));
    },
  });
}
