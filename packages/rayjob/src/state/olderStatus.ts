/**
 * The deployment statuses of KubeRay before 1.1, which live on in jobs that an
 * older operator left behind: the phase that each means, and a sentence.
 *
 * Source: `rayjob_types.go` and the controller of KubeRay 0.3 to 1.0.
 */
const OLDER = new Map<
  string,
  {
    readonly phase: 'starting' | 'asking' | 'failed';
    readonly sentence: string;
  }
>([
  [
    'WaitForDashboard',
    {
      phase: 'starting',
      sentence: "The Ray cluster's dashboard has no address yet",
    },
  ],
  [
    'WaitForDashboardReady',
    { phase: 'starting', sentence: "The Ray cluster's dashboard is starting" },
  ],
  [
    'WaitForK8sJob',
    {
      phase: 'starting',
      sentence: 'The submitter is starting; it submits the entrypoint to Ray',
    },
  ],
  [
    'FailedToGetJobStatus',
    { phase: 'asking', sentence: "KubeRay couldn't ask Ray about the job" },
  ],
  [
    'FailedToGetOrCreateRayCluster',
    { phase: 'failed', sentence: "KubeRay couldn't create the Ray cluster" },
  ],
  [
    'FailedJobDeploy',
    { phase: 'failed', sentence: "KubeRay couldn't submit the job" },
  ],
]);

/** What a status of an older operator means; `undefined` for a word of today. */
export function olderStatus(word: string) {
  return OLDER.get(word);
}
