import { readYaml } from '@ml-platform/rayjob';
import { InputError } from '@backstage/errors';
import { isAtLeast } from '../crd/features';
import { defaultPort, portName } from '../crd/ports';
import type { RayJob } from '../crd/rayJob';
import { stableJson } from './specHash';

/**
 * The shell line by which a submitter waits for the dashboard, submits the job
 * and follows its log.
 *
 * A submitter pod may be started again, so it asks first whether its job is
 * known already; a sidecar is never started again, and just submits.
 *
 * The entrypoint goes into the line unquoted, like KubeRay puts it: in `a && b`
 * Ray runs `a` alone, and `b` runs here.
 *
 * @throws {InputError} when the runtime environment is not YAML, or the cluster's
 * Ray is too old for metadata
 */
export function submitCommand(
  job: RayJob,
  mode: 'K8sJobMode' | 'SidecarMode',
): string {
  const jobId = job.status?.jobId ?? '';
  const address = addressFor(job, mode);
  const health =
    mode === 'SidecarMode'
      ? address.replace('127.0.0.1', 'localhost')
      : address;
  const healthy = `python -c "import urllib.request; r=urllib.request.urlopen('${health}/api/gcs_healthz', timeout=10); exit(0 if b'success' in r.read() else 1)"`;
  const waiting = `echo "Waiting for Ray Dashboard GCS to become healthy at ${address} ..."`;
  const wait = `until ${healthy} >/dev/null 2>&1 ; do ${waiting} ; sleep 2 ; done ;`;
  const submit = [
    'ray job submit --address',
    address,
    ...(mode === 'K8sJobMode' ? ['--no-wait'] : []),
    ...submitOptions(job),
    '--',
    (job.spec.entrypoint ?? '').trim(),
    ';',
  ].join(' ');
  if (mode === 'SidecarMode') {
    return `${wait} ${submit}`;
  }
  const known = `ray job status --address ${address} ${jobId} >/dev/null 2>&1`;
  const follow = `ray job logs --address ${address} --follow ${jobId}`;
  return `${wait} if ! ${known} ; then ${submit} fi ; ${follow}`;
}

/**
 * Reads the runtime environment.
 *
 * @throws {InputError} when it is not YAML
 */
export function parseRuntimeEnv(runtimeEnvYaml: string): unknown {
  try {
    return readYaml(runtimeEnvYaml);
  } catch (error) {
    throw new InputError(
      `failed to unmarshal RuntimeEnvYAML: ${runtimeEnvYaml}: ${error}`,
    );
  }
}

function addressFor(job: RayJob, mode: 'K8sJobMode' | 'SidecarMode'): string {
  if (mode === 'K8sJobMode') {
    return `http://${(job.status?.dashboardURL ?? '').replace(/^http:\/\//, '')}`;
  }
  const [head] =
    job.spec.rayClusterSpec?.headGroupSpec.template.spec.containers ?? [];
  const port = head?.ports?.find(({ name }) => name === portName.dashboard);
  return `http://127.0.0.1:${port?.containerPort ?? defaultPort.dashboard}`;
}

function submitOptions(job: RayJob): string[] {
  const { spec } = job;
  const options: string[] = [];
  if (spec.runtimeEnvYAML) {
    const runtimeEnv = parseRuntimeEnv(spec.runtimeEnvYAML);
    options.push('--runtime-env-json', quote(stableJson(runtimeEnv)));
  }
  if (Object.keys(spec.metadata ?? {}).length > 0) {
    const version = spec.rayClusterSpec?.rayVersion;
    if (version && !isAtLeast(version, [2, 6, 0])) {
      throw new InputError(
        'the Ray version must be at least 2.6.0 to use the metadata field',
      );
    }
    options.push('--metadata-json', quote(stableJson(spec.metadata)));
  }
  if (job.status?.jobId) {
    options.push('--submission-id', job.status.jobId);
  }
  if (spec.entrypointNumCpus) {
    options.push('--entrypoint-num-cpus', spec.entrypointNumCpus.toFixed(6));
  }
  if (spec.entrypointNumGpus) {
    options.push('--entrypoint-num-gpus', spec.entrypointNumGpus.toFixed(6));
  }
  if (spec.entrypointResources) {
    options.push('--entrypoint-resources', quote(spec.entrypointResources));
  }
  return options;
}

/** In double quotes, with what is special inside them escaped as in Go. */
function quote(text: string): string {
  return JSON.stringify(text);
}
