import { randomBytes } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import { type Pod, RAYJOBS } from '@ml-platform/rayjob';
import {
  createClusterAccess,
  KubeClient,
  PODS,
  resourcePath,
  sleep,
} from '@ml-platform/kube';
import { benchJob, benchPod, logText, type LogNames } from './logObjects';
import { LIVE_LINES, type LogSite } from './logSite';

/** The kubelet rotates a log at 10 MiB, and what it rotated nobody can read. */
const LINES = 80_000;
/** Milliseconds for the image to be pulled and the log to be written. */
const LIMIT = 180_000;

export interface ClusterSiteOptions {
  readonly kubeconfig: string;
  readonly context?: string;
  readonly namespace: string;
  /** Has `sh`, `seq` and `sed`. */
  readonly image: string;
}

/** A shell command that writes the benchmark's lines. */
function writer(lines: number): string {
  const [head, tail] = logText(0).split('0:', 2);
  return `seq 0 ${lines - 1} | sed 's/.*/${head}&:${tail}/'`;
}

/** Pods on a real node, as a job's. */
export async function clusterSite(
  options: ClusterSiteOptions,
): Promise<LogSite> {
  const { kubeconfig, context, namespace, image } = options;
  const job = `log-bench-${randomBytes(3).toString('hex')}`;
  const names: LogNames = {
    namespace,
    job,
    finished: `${job}-finished`,
    live: `${job}-live`,
    container: 'main',
  };
  const client = new KubeClient({
    access: createClusterAccess({
      name: 'bench',
      auth: { type: 'kubeconfig', file: kubeconfig, context },
    }),
  });
  const create = (path: string, body: object) =>
    client.json({ method: 'POST', path, body });
  const pod = (name: string, script: string) =>
    create(
      resourcePath(PODS, namespace),
      benchPod({ ...names, name, image, command: ['sh', '-c', script] }),
    );
  const remove = async () => {
    const jobs = resourcePath(RAYJOBS, namespace, job);
    const pods = [names.finished, names.live].map(name =>
      resourcePath(PODS, namespace, name),
    );
    const query = { gracePeriodSeconds: 0 };
    const removals = [jobs, ...pods].map(path =>
      client.json({ method: 'DELETE', path, query }),
    );
    await Promise.allSettled(removals);
    client.close();
  };
  try {
    await create('/api/v1/namespaces', {
      metadata: { name: namespace },
    }).catch(error => {
      if (!(error instanceof ConflictError)) {
        throw error;
      }
    });
    await create(resourcePath(RAYJOBS, namespace), benchJob(names));
    await pod(names.finished, writer(LINES));
    await pod(names.live, `${writer(LIVE_LINES)}; sleep 3600`);
    await waitFor(client, namespace, names.finished, 'Succeeded');
    await waitFor(client, namespace, names.live, 'Running');
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    ...names,
    title: `a node of ${context ?? 'the current context'}`,
    kubeconfig,
    context,
    lines: LINES,
    liveLines: LIVE_LINES,
    close: remove,
  };
}

async function waitFor(
  client: KubeClient,
  namespace: string,
  name: string,
  phase: string,
): Promise<void> {
  const path = resourcePath(PODS, namespace, name);
  for (const end = Date.now() + LIMIT; Date.now() < end; await sleep(500)) {
    const { status } = await client.json<Pod>({ path });
    if (status?.phase === phase) {
      return;
    }
  }
  throw new Error(
    `${name} is not ${phase} after ${LIMIT / 1_000} s; see 'kubectl describe pod ${name} -n ${namespace}'`,
  );
}
