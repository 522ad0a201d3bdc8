import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import {
  jobOrderSchema,
  workloadQuerySchema,
} from '@ml-platform/backstage-plugin-ray-common';
import { parseInput } from '../http/parseInput';
import type { JobChoices } from '../orders/JobChoices';
import type { JobPreviews } from '../orders/JobPreviews';
import type { Workloads } from '../orders/Workloads';

export interface RegisterOrderActionsOptions {
  readonly actionsRegistry: ActionsRegistryService;
  readonly choices: JobChoices;
  readonly previews: JobPreviews;
  readonly workloads: Workloads;
}

const READS = { readOnly: true, idempotent: true, destructive: false };

/** Offers what comes before a new job to agents; with the rights of who calls. */
export function registerOrderActions(
  options: RegisterOrderActionsOptions,
): void {
  const { actionsRegistry, choices, previews, workloads } = options;

  actionsRegistry.register({
    name: 'get-training-workload',
    title: 'Get a training workload',
    description:
      'Tells which parameters a workload takes, with their defaults and limits, as a JSON Schema, and where its source is.',
    attributes: READS,
    schema: {
      input: z =>
        z.object({
          workload: z
            .string()
            .describe('For example hello-ray or component:default/hello-ray'),
        }),
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => {
      const { workload } = parseInput(workloadQuerySchema, input);
      return { output: { ...(await workloads.read(workload, credentials)) } };
    },
  });

  actionsRegistry.register({
    name: 'get-training-job-options',
    title: 'Get the choices for a training job',
    description:
      'Tells on which clusters and in which namespaces the caller may create training jobs, and which sizes and kinds of GPUs there are.',
    attributes: READS,
    schema: {
      input: z => z.object({}),
      output: z => z.object({}).passthrough(),
    },
    action: async ({ credentials }) => ({
      output: { ...(await choices.of(credentials)) },
    }),
  });

  actionsRegistry.register({
    name: 'preview-training-job',
    title: 'Preview a training job',
    description:
      'Renders the RayJob of a workload and estimates its cost without creating anything, or says why the platform refuses it. To create it, run the template create-training-job with the same values.',
    attributes: READS,
    schema: {
      input: z =>
        z
          .object({
            cluster: z.string(),
            namespace: z.string(),
            workload: z.string(),
            version: z.string().describe('Version of the image'),
            parameters: z
              .record(z.union([z.string(), z.number(), z.boolean()]))
              .optional()
              .describe('As get-training-workload tells them'),
            size: z
              .string()
              .optional()
              .describe('Name of a size, from get-training-job-options'),
            gpuType: z.string().optional(),
            gpu: z.number().int().optional().describe('GPUs of each worker'),
            workers: z.number().int().optional(),
            cpu: z.string().optional().describe('For each worker'),
            memory: z.string().optional().describe('For each worker'),
            environment: z
              .array(z.object({ name: z.string(), value: z.string() }))
              .optional(),
          })
          .passthrough(),
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => {
      const order = parseInput(jobOrderSchema, input);
      return { output: { ...(await previews.preview(order, credentials)) } };
    },
  });
}
