import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Problem } from '../problem.mjs';
import { NamespaceRecorder } from './NamespaceRecorder.mjs';
import { RecordingFile } from './RecordingFile.mjs';

const run = promisify(execFile);

const ENDED = new Set(['Complete', 'Failed', 'ValidationFailed']);
/** Milliseconds between two looks at the job. */
const LOOK = 250;
/** Milliseconds until the watches are there. */
const SETTLE = 1_500;

/**
 * Applies a manifest with one RayJob to an empty namespace and takes down what
 * happens there, until nothing more is to be done and the job has ended.
 *
 * @param options.rayJob as it stands in the manifest
 * @param options.steps `[{ at: 'Running/RUNNING', afterMs, command }]`, in order:
 * what to do to the job once it has this status
 * @returns the status that it had last
 */
export async function recordRayJob(options) {
  const { kubectl, namespace, manifest, rayJob, steps, log } = options;
  const { name } = rayJob.metadata;
  const file = new RecordingFile(options.path);
  const recorder = new NamespaceRecorder({ kubectl, namespace, file });
  const status = () => statusOf(recorder.jobs.get(name));
  const until = async condition => {
    const deadline = Date.now() + options.timeoutMs;
    while (!condition()) {
      if (Date.now() > deadline) {
        throw new Problem(`${name} stays at ${status()} for too long`);
      }
      await sleep(LOOK);
    }
  };

  recorder.start();
  await sleep(SETTLE);
  file.apply(rayJob);
  await kubectl.text('apply', '-n', namespace, '-f', manifest);
  await until(() => recorder.jobs.has(name));
  if (options.ray) {
    recorder.ask(name);
  }
  for (const { at, afterMs, command } of steps) {
    await until(() => status() === at);
    await sleep(afterMs);
    log(`${status()}: ${command}`);
    file.trick(command);
    await run('sh', ['-c', command]);
  }
  await until(() => options.open || hasEnded(recorder.jobs.get(name)));
  await sleep(options.lingerMs);
  await recorder.finish();
  return status();
}

/** As `jobDeploymentStatus/jobStatus`. */
function statusOf(job) {
  const { jobDeploymentStatus = '', jobStatus = '' } = job?.status ?? {};
  return `${jobDeploymentStatus}/${jobStatus}`;
}

function hasEnded(job) {
  return !job || ENDED.has(job.status?.jobDeploymentStatus);
}
