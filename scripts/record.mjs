#!/usr/bin/env node
// Takes down what the KubeRay operator of a cluster does with one RayJob, for
// packages/recordings.
import { readOptions } from './lib/options.mjs';
import { Problem, main } from './lib/problem.mjs';
import { Kubectl } from './lib/recording/kubectl.mjs';
import { recordRayJob } from './lib/recording/recordRayJob.mjs';

const HELP = `Usage: npm run record -- --manifest FILE --name NAME --out FILE [options]

Applies a RayJob to a namespace of its own, rec-NAME, and writes every change of
RayJobs, RayClusters, Jobs, Pods, Services and Events there, and the log of each
container, to a file. Needs kubectl, and a cluster with the KubeRay operator. The
namespace stays: delete it when the recording is as you want it.

  --manifest FILE    the RayJob, and what it needs beside it
  --name NAME        name of the RayJob in it
  --out FILE         where to write
  --kubeconfig PATH  of the cluster (default: kubectl's own)
  --context NAME     its context (default: the current one)
  --step STEP        'STATUS+SECONDS: COMMAND', what to do to the job: a shell command
                     once jobDeploymentStatus/jobStatus are STATUS, after SECONDS;
                     more than one are done in order
  --ray              take down what Ray's Job API answers too (HTTPMode)
  --open             the job need not end by itself
  --linger SECONDS   to go on after the end (default 20)
  --timeout SECONDS  to wait for each status at most (default 240)

Example, a job whose worker is lost:
  npm run record -- --manifest job.yaml --name lost-worker --out lost-worker.ndjson \\
    --step 'Running/RUNNING+3: kubectl -n rec-lost-worker delete pod -l ray.io/node-type=worker'
`;

const STEP = /^(\w*\/\w*)\+(\d+): (.+)$/s;

function parseStep(text) {
  const [, at, seconds, command] = STEP.exec(text) ?? [];
  if (!command) {
    throw new Problem(
      `--step '${text}' is not STATUS+SECONDS: COMMAND\n\n${HELP}`,
    );
  }
  return { at, afterMs: Number(seconds) * 1_000, command };
}

const OPTIONS = {
  manifest: { type: 'string' },
  name: { type: 'string' },
  out: { type: 'string' },
  kubeconfig: { type: 'string' },
  context: { type: 'string' },
  step: { type: 'string', multiple: true, default: [] },
  ray: { type: 'boolean', default: false },
  open: { type: 'boolean', default: false },
  linger: { type: 'string', default: '20' },
  timeout: { type: 'string', default: '240' },
  help: { type: 'boolean', short: 'h' },
};

await main(async () => {
  const values = readOptions(OPTIONS, HELP);
  const { manifest, name, out, kubeconfig, context, help } = values;
  if (help) {
    process.stdout.write(HELP);
    return;
  }
  if (!manifest || !name || !out) {
    throw new Problem(`--manifest, --name and --out are needed\n\n${HELP}`);
  }
  if (kubeconfig) {
    // For the commands of the steps too.
    process.env.KUBECONFIG = kubeconfig;
  }
  const steps = values.step.map(parseStep);
  const kubectl = new Kubectl({ context });
  const namespace = `rec-${name}`;
  await kubectl.text('create', 'namespace', namespace);
  const applied = JSON.parse(
    await kubectl.text(
      ...['apply', '-n', namespace, '--dry-run=client', '-o', 'json'],
      ...['-f', manifest],
    ),
  );
  const rayJob = (applied.items ?? [applied]).find(
    ({ kind, metadata }) => kind === 'RayJob' && metadata.name === name,
  );
  if (!rayJob) {
    throw new Problem(`${manifest} has no RayJob ${name}`);
  }
  const status = await recordRayJob({
    kubectl,
    namespace,
    manifest,
    rayJob,
    path: out,
    steps,
    ray: values.ray,
    open: values.open,
    lingerMs: Number(values.linger) * 1_000,
    timeoutMs: Number(values.timeout) * 1_000,
    log: text => process.stdout.write(`${text}\n`),
  });
  process.stdout.write(`${name} is at ${status}; see ${out}\n`);
});
