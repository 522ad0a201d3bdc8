import { readList, resourcePath } from '@ml-platform/kube';
import {
  jobMatcher,
  jobSummary,
  RAY_LABEL_CLUSTER,
  RAYJOBS,
  type JobFilter,
  type JobSummary,
  type RayJob,
} from '@ml-platform/rayjob';
import { withoutKubeRay, type ClusterLink } from './clusterLink';
import { readPods } from './clusterObjects';

/** Objects in one page of a list, as kubectl asks for. */
const PAGE = 500;
/** Jobs that wait whose pods are asked for the cause. */
const MOST_WAITING = 100;

/** Why jobs wait, their pods know: `ImagePullBackOff`, or no room on any node. */
async function explainWaiting(
  link: ClusterLink,
  waiting: readonly RayJob[],
  namespace: string | undefined,
  signal?: AbortSignal,
): Promise<readonly JobSummary[]> {
  const clusters = waiting.map(({ status }) => status?.rayClusterName);
  const pods = await readPods(
    link,
    namespace,
    `${RAY_LABEL_CLUSTER} in (${clusters.join(',')})`,
    signal,
    // Who may read jobs only, gets them without the cause.
  ).catch(() => []);
  return waiting.map(job =>
    jobSummary(
      link.name,
      job,
      pods.filter(
        pod =>
          pod.metadata.namespace === job.metadata.namespace &&
          pod.metadata.labels?.[RAY_LABEL_CLUSTER] ===
            job.status?.rayClusterName,
      ),
    ),
  );
}

/**
 * The jobs of a cluster that pass a filter, in no order. What is not shown is
 * not kept: a cluster may have ten thousand.
 *
 * @param name - only jobs of this name, which the server finds
 */
export async function listClusterJobs(
  link: ClusterLink,
  filter: JobFilter,
  signal = new AbortController().signal,
  name?: string,
): Promise<readonly JobSummary[]> {
  const { namespace: [namespace, ...others] = [] } = filter;
  const place = others.length > 0 ? undefined : namespace;
  const matches = jobMatcher(filter) ?? (() => true);
  const rows = new Map<string, JobSummary>();
  const waiting = new Map<string, RayJob>();
  try {
    await readList<RayJob>({
      client: link.client,
      path: resourcePath(RAYJOBS, place),
      query: { fieldSelector: name && `metadata.name=${name}` },
      pageSize: PAGE,
      signal,
      onItem: job => {
        const row = jobSummary(link.name, job);
        if (matches(row)) {
          rows.set(row.uid, row);
          if (
            row.state === 'pending' &&
            job.status?.rayClusterName &&
            waiting.size < MOST_WAITING
          ) {
            waiting.set(row.uid, job);
          }
        }
      },
      onRestart: () => {
        rows.clear();
        waiting.clear();
      },
    });
  } catch (error) {
    throw withoutKubeRay(link.name, error);
  }
  if (waiting.size > 0) {
    const explained = await explainWaiting(
      link,
      [...waiting.values()],
      place,
      signal,
    );
    explained.forEach(row => rows.set(row.uid, row));
  }
  return [...rows.values()];
}
