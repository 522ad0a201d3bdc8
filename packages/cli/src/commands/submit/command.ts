import { InvalidArgumentError, Option } from 'commander';
import { examples, type AddCommand } from '../../Cli';
import { parseDuration } from '../../output/time';

export interface SubmitOptions {
  readonly file?: string;
  readonly size?: string;
  readonly workers?: number;
  readonly maxWorkers?: number;
  readonly cpu?: string;
  readonly memory?: string;
  readonly gpu?: number;
  readonly gpuType?: string;
  readonly spot?: boolean;
  readonly env?: readonly string[];
  readonly envFile?: readonly string[];
  readonly secretEnv?: readonly string[];
  readonly configEnv?: readonly string[];
  readonly sharedMemory?: string;
  readonly mount?: readonly string[];
  readonly pullSecret?: readonly string[];
  readonly serviceAccount?: string;
  readonly runtimeEnv?: string;
  readonly entrypoint?: string;
  readonly param?: readonly string[];
  readonly name?: string;
  /** Seconds */
  readonly ttl?: number;
  /** Seconds */
  readonly deadline?: number;
  readonly retries?: number;
  readonly queue?: string;
  readonly priority?: string;
  readonly dryRun?: boolean;
  readonly pullRequest?: boolean;
  readonly follow?: boolean;
  readonly wait?: boolean;
  readonly output: 'name' | 'json' | 'yaml';
}

function count(text: string): number {
  if (!/^\d{1,6}$/.test(text)) {
    throw new InvalidArgumentError('Give a whole number.');
  }
  return Number(text);
}

function seconds(text: string): number {
  if (/^\d+$/.test(text)) {
    return Number(text);
  }
  try {
    return parseDuration(text) / 1_000;
  } catch {
    throw new InvalidArgumentError('Give a duration, for example 90s or 2h.');
  }
}

const collect = (text: string, before: readonly string[] = []) => [
  ...before,
  text,
];

export const addSubmit: AddCommand = (program, start) => {
  program
    .command('submit')
    .description('start a training job')
    .argument('[what]', 'WORKLOAD:VERSION, or the reference of an image')
    .option('-f, --file <file>', 'submit the RayJob in this file; - is stdin')
    .option('--size <name>', 'size of the job, by its name')
    .option('--workers <number>', 'worker pods; 0 for a head alone', count)
    .option(
      '--max-workers <number>',
      "as many as Ray's autoscaler may make",
      count,
    )
    .option('--cpu <quantity>', 'CPU of each worker, as 8 or 500m')
    .option('--memory <quantity>', 'memory of each worker, as 32Gi')
    .option('--gpu <number>', 'GPUs of each worker', count)
    .option('--gpu-type <name>', 'kind of GPU, by its name')
    .option('--spot', 'on nodes that may be taken away, for less')
    .option('-e, --env <name=value>', 'a variable; NAME takes yours', collect)
    .option('--env-file <file>', 'variables of a .env file', collect)
    .option('--secret-env <name=ref>', 'NAME=secret/key of a Secret', collect)
    .option('--config-env <name=ref>', 'NAME=map/key of a ConfigMap', collect)
    .option(
      '--pull-secret <name>',
      'Secret that the image is pulled with',
      collect,
    )
    .option('--shared-memory <quantity>', 'size of /dev/shm, as 8Gi')
    .option(
      '--mount <path=from>',
      'gs://bucket/folder, claim:NAME or 100Gi',
      collect,
    )
    .option('--service-account <name>', 'service account of the pods')
    .option('--runtime-env <file>', "Ray's runtime environment, as YAML")
    .option('--entrypoint <command>', "overrides the workload's command")
    .option('--param <name=value>', 'a parameter of the workload', collect)
    .option('--name <name>', 'name of the job; default: WORKLOAD-DATE-TIME')
    .option('--ttl <time>', 'keep the Ray cluster that long after', seconds)
    .option(
      '--deadline <time>',
      'the job may take so long; default: 1d',
      seconds,
    )
    .option('--retries <number>', 'tries after a failure', count)
    .option('--queue <name>', 'Kueue queue to wait in')
    .option('--priority <name>', 'Kueue priority class')
    .option('--dry-run', 'print what would be created, and create nothing')
    .option('--pull-request', 'ask for it by a pull request')
    .option('--follow', 'print the log; exit as the job does')
    .option('--wait', 'wait for its end; exit as the job does')
    .addOption(
      new Option('-o, --output <format>', 'what to print of the new job')
        .choices(['name', 'json', 'yaml'])
        .default('name'),
    )
    .addHelpText(
      'after',
      examples(
        ['ml-platform submit hello-ray:1.0.0 --follow', 'run it and watch'],
        ['ml-platform submit hello-ray:1.0.0 --workers 4 --gpu 1', 'on GPUs'],
        ['ml-platform submit hello-ray:1.0.0 --param steps=7', '--steps=7'],
        ['ml-platform workloads hello-ray', 'parameters that it takes'],
        [
          'ml-platform submit hello-ray:1.0.0 --size large --mount /data=gs://my-data',
          'with a bucket',
        ],
        ['ml-platform submit hello-ray:1.0.0 --dry-run -o yaml', 'only look'],
        ['ml-platform submit -f job.yaml', 'a RayJob of your own'],
      ),
    )
    .action(
      start<SubmitOptions>(async (cli, options, what) => {
        const { runSubmit } = await import('./runSubmit');
        await runSubmit(cli, options, what);
      }),
    );
};
