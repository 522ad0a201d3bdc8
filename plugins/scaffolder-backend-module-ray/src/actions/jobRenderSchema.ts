import type { z as zod } from 'zod/v3';
import { MOST_WORKERS } from '@ml-platform/rayjob';

type Z = typeof zod;

const whole = (z: Z, description: string) =>
  z.number().int().min(0).describe(description).optional();
const text = (z: Z, description: string) =>
  z.string().describe(description).optional();
const names = (z: Z, description: string) =>
  z.array(z.string()).describe(description).optional();
const references = (z: Z, description: string) =>
  z.record(z.string()).describe(description).optional();

const placement = (z: Z) =>
  z
    .object({
      nodeSelector: z.record(z.string()).optional(),
      tolerations: z
        .array(
          z
            .object({
              key: z.string().optional(),
              operator: z.enum(['Exists', 'Equal']).optional(),
              value: z.string().optional(),
              effect: z
                .enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute'])
                .optional(),
            })
            .strict(),
        )
        .optional(),
    })
    .strict()
    .describe('Labels and taints of the nodes to run on, as in a pod')
    .optional();
const minWorkers = (z: Z) => whole(z, "Workers that Ray's autoscaler leaves");
const maxWorkers = (z: Z) => whole(z, "Workers that Ray's autoscaler may make");
const accelerator = (z: Z) =>
  text(
    z,
    'Extended resource of the GPUs, for example amd.com/gpu; nvidia.com/gpu by default',
  );

/** Input of `ray:job:render`. */
export const jobRenderInput = {
  workload: (z: Z) => z.string().describe('Name of the workload'),
  version: (z: Z) => z.string().describe('Version of the image'),
  image: (z: Z) => z.string().describe('Reference of the image'),
  cluster: (z: Z) => z.string().describe('Cluster to run on'),
  namespace: (z: Z) => text(z, 'Namespace to run in; training by default'),
  entrypoint: (z: Z) =>
    z.string().describe('Command that the job runs, as you type it in a shell'),
  parameters: (z: Z) =>
    z
      .record(z.union([z.string(), z.number(), z.boolean()]))
      .describe(
        "Parameters, added to the command as options; checked by the workload's parameters.schema.json",
      )
      .optional(),
  sourceUrl: (z: Z) =>
    text(
      z,
      "Web address of the workload's folder at a commit, for its parameters.schema.json",
    ),
  size: (z: Z) => text(z, 'Name of a size, as ray.jobs.sizes has it'),
  workers: (z: Z) =>
    z
      .number()
      .int()
      .min(0)
      .max(MOST_WORKERS)
      .describe(
        'Number of worker pods, 1 by default; with none, the head does the work',
      )
      .optional(),
  minWorkers,
  maxWorkers,
  cpu: (z: Z) => text(z, 'CPU of each pod that works, for example 2 or 500m'),
  memory: (z: Z) => text(z, 'Memory of each pod that works, for example 4Gi'),
  gpu: (z: Z) => whole(z, 'GPUs of each pod that works; none by default'),
  gpuType: (z: Z) =>
    text(z, 'Kind of GPU, as ray.jobs.accelerators has it; any by default'),
  accelerator,
  placement,
  spot: (z: Z) =>
    z.boolean().describe('Runs on nodes that may be taken away').optional(),
  groups: (z: Z) =>
    z
      .array(
        z
          .object({
            name: z.string().describe('Name of the worker group'),
            workers: z.number().int().min(0).describe('Pods at the start'),
            minWorkers: minWorkers(z),
            maxWorkers: maxWorkers(z),
            cpu: z.string(),
            memory: z.string(),
            gpu: whole(z, 'GPUs of each pod; none by default'),
            accelerator: accelerator(z),
            placement: placement(z),
          })
          .strict(),
      )
      .max(20)
      .describe('Further worker groups, each with a size of its own')
      .optional(),
  environment: (z: Z) =>
    z
      .array(z.object({ name: z.string(), value: z.string() }))
      .describe('Environment variables of the job')
      .optional(),
  dotenv: (z: Z) =>
    text(z, 'More environment variables, as the text of a .env file'),
  storage: (z: Z) =>
    text(
      z,
      "The workload's storage as namespace/name: the job runs as its account",
    ),
  bucket: (z: Z) =>
    text(z, "Address of the storage's bucket, for the environment"),
  serviceAccount: (z: Z) =>
    text(
      z,
      "Service account of the job's pods; by default the storage's, or the namespace's",
    ),
  secretEnv: (z: Z) =>
    references(z, 'Variables with values of Secrets, as NAME: secret/key'),
  configEnv: (z: Z) =>
    references(z, 'Variables with values of ConfigMaps, as NAME: map/key'),
  envFromSecrets: (z: Z) =>
    names(z, 'Secrets of which every key becomes a variable'),
  envFromConfigMaps: (z: Z) =>
    names(z, 'ConfigMaps of which every key becomes a variable'),
  imagePullSecrets: (z: Z) => names(z, 'Secrets that the image is pulled with'),
  sharedMemory: (z: Z) => text(z, 'Size of /dev/shm, for example 8Gi'),
  mounts: (z: Z) => {
    const mount = z
      .object({ path: z.string(), readOnly: z.boolean().optional() })
      .strict();
    return z
      .array(
        z.union([
          mount.extend({ bucket: z.string(), folder: z.string().optional() }),
          mount.extend({ claim: z.string() }),
          mount.extend({
            size: z.string(),
            storageClass: z.string().optional(),
          }),
        ]),
      )
      .describe('Folders from a bucket, a claim, or a new volume of a size')
      .optional();
  },
  runtimeEnv: (z: Z) =>
    z.record(z.unknown()).describe("Ray's runtime environment").optional(),
  ttlSeconds: (z: Z) =>
    whole(
      z,
      "Seconds that the Ray cluster stays after the job's end; 300 by default",
    ),
  deadlineSeconds: (z: Z) => whole(z, 'Seconds that the job may take in all'),
  retries: (z: Z) => whole(z, 'Times that a failed job is tried again'),
  queue: (z: Z) => text(z, 'Kueue LocalQueue to wait in'),
  priority: (z: Z) => text(z, 'Kueue WorkloadPriorityClass'),
  rayVersion: (z: Z) => text(z, 'Version of Ray in the image'),
  sourceCommit: (z: Z) => text(z, 'Commit that the image was built from'),
};
