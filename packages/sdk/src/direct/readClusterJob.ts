import { ConflictError, NotFoundError } from '@backstage/errors';
import { EVENTS, readList, resourcePath } from '@ml-platform/kube';
import {
  attemptsOfRow,
  jobAttempts,
  jobConditions,
  jobEntrypoint,
  jobEvent,
  jobPod,
  jobSummary,
  jobWarnings,
  logSources,
  submitterLogSources,
  type JobEvent,
  type JobRef,
  type JobSummary,
  type KubernetesEvent,
} from '@ml-platform/rayjob';
import type { JobDetail } from '../platform/jobViews';
import type { ClusterLink } from './clusterLink';
import { readJobPods, readRayJob } from './clusterObjects';
import { listClusterJobs } from './listClusterJobs';

/** Events in one page of a list. */
const PAGE = 500;

/**
 * The job with a name, in a namespace or wherever it is.
 * @throws {NotFoundError} when there is none
 * @throws {ConflictError} when several namespaces or clusters have one
 */
export async function findClusterJob(
  links: readonly ClusterLink[],
  { name, namespace }: { readonly name: string; readonly namespace?: string },
  signal?: AbortSignal,
): Promise<JobSummary> {
  const lists = await Promise.all(
    links.map(link =>
      listClusterJobs(
        link,
        { namespace: namespace ? [namespace] : [] },
        signal,
        name,
      ),
    ),
  );
  const [found, ...others] = lists.flat();
  const where = namespace ? ` in ${namespace}` : '';
  if (!found) {
    throw new NotFoundError(
      `There is no job ${name}${where} on ${links.map(link => link.name).join(', ')}`,
    );
  }
  if (others.length > 0) {
    const places = [found, ...others].map(job => job.namespace).join(', ');
    throw new ConflictError(
      `There is a job ${name} in each of ${places}; choose one namespace`,
    );
  }
  return found;
}

/** All that the cluster knows of a job. */
export async function readClusterJob(
  link: ClusterLink,
  ref: JobRef,
  signal?: AbortSignal,
): Promise<JobDetail> {
  const job = await readRayJob(link, ref, signal);
  const pods = await readJobPods(link, job, signal);
  const summary = jobSummary(link.name, job, pods);
  const views = pods.map(jobPod);
  return {
    summary,
    pods: views,
    attempts: attemptsOfRow(jobAttempts([], job), summary),
    conditions: jobConditions(job),
    gitops: summary.gitops,
    entrypoint: jobEntrypoint(job),
    logSources: logSources(views, [], submitterLogSources(job, pods)),
    warnings: jobWarnings(job),
    live: true,
  };
}

/** Events of a job, its Ray cluster and their pods, oldest first. */
export async function readClusterJobEvents(
  link: ClusterLink,
  ref: JobRef,
  signal?: AbortSignal,
): Promise<JobEvent[]> {
  const job = await readRayJob(link, ref, signal);
  const pods = await readJobPods(link, job, signal);
  const names = new Set([
    ref.name,
    ...pods.map(pod => pod.metadata.name),
    ...(job.status?.rayClusterName ? [job.status.rayClusterName] : []),
  ]);
  const events: JobEvent[] = [];
  await readList<KubernetesEvent>({
    client: link.client,
    path: resourcePath(EVENTS, ref.namespace),
    query: {},
    pageSize: PAGE,
    signal: signal ?? new AbortController().signal,
    onItem: item => {
      const event = jobEvent(item);
      if (names.has(event.object.name)) {
        events.push(event);
      }
    },
    onRestart: () => {
      events.length = 0;
    },
  });
  return events.sort((a, b) => a.lastSeen.localeCompare(b.lastSeen));
}
