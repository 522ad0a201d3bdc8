import type { RayJob } from '../objects/kubernetes';
import { isTerminal } from '../state/jobState';
import { clusterResources } from '../summary/jobResources';
import type { JobSummary } from '../summary/types';
import { describeBytes, formatCpu } from '../values/quantities';
import type { JobPolicy, JobQuota } from './jobPolicy';

/** The quota of a namespace, if it has one. */
export function quotaOf(
  { quotas = {} }: JobPolicy,
  namespace: string,
): JobQuota | undefined {
  return Object.hasOwn(quotas, namespace) ? quotas[namespace] : undefined;
}

/** For example ` (2 awaiting merge, 10 running)`. */
function statesText(jobs: readonly JobSummary[]): string {
  const counts = new Map<string, number>();
  for (const { state } of jobs) {
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  const texts = [...counts].map(
    ([state, count]) => `${count} ${state.replaceAll('-', ' ')}`,
  );
  return texts.length > 0 ? ` (${texts.join(', ')})` : '';
}

/**
 * What a job asks for beyond what the quota of its namespace leaves, one sentence each;
 * empty when there is room for it. Counts the workers that jobs start with.
 *
 * @param jobs - at least those of the job's place that have not ended
 */
export function quotaProblems(
  cluster: string,
  job: RayJob,
  policy: JobPolicy,
  jobs: Iterable<JobSummary>,
): string[] {
  const { name, namespace = '' } = job.metadata;
  const quota = quotaOf(policy, namespace);
  if (!quota) {
    return [];
  }
  // The job itself may be there, where it is asked for once more.
  const holders = [...jobs].filter(
    other =>
      other.cluster === cluster &&
      other.namespace === namespace &&
      other.name !== name &&
      !isTerminal(other.state),
  );
  const place = `In ${namespace} on ${cluster}`;
  const unended = `${
    holders.length === 1
      ? "1 job that hasn't ended"
      : `${holders.length} jobs that haven't ended`
  }${statesText(holders)}`;
  const todo = 'wait until one has ended, or stop one';
  const asked = clusterResources(job.spec?.rayClusterSpec);
  const over = (
    amountOf: (resources: JobSummary['resources']) => number,
    most: number | undefined,
    describe: (amount: number) => string,
  ): string[] => {
    const held = holders.reduce(
      (sum, { resources }) => sum + amountOf(resources),
      0,
    );
    const more = amountOf(asked);
    if (most !== undefined && more > most) {
      return [
        `${place}, this job asks for ${describe(more)}, and ${describe(most)} is the most for all jobs together; ask for less`,
      ];
    }
    return most !== undefined && more > 0 && held + more > most
      ? [
          `${place}, ${unended} ${holders.length === 1 ? 'asks' : 'ask'} for ${describe(held)}, this one asks for ${describe(more)}, and ${describe(most)} is the most in all; ${todo}`,
        ]
      : [];
  };
  return [
    ...(quota.jobs !== undefined && holders.length >= quota.jobs
      ? [
          `${place}, there are ${unended}, and ${quota.jobs} is the most; ${todo}`,
        ]
      : []),
    ...over(
      ({ cpu }) => cpu,
      quota.cpu,
      amount => `${formatCpu(amount)} CPU`,
    ),
    ...over(({ memory }) => memory, quota.memory, describeBytes),
    ...Object.entries(quota.accelerators ?? {}).flatMap(([kind, most]) =>
      over(
        ({ accelerators }) => accelerators[kind] ?? 0,
        most,
        amount => `${amount} ${kind}`,
      ),
    ),
  ];
}
