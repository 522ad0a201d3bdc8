import { InputError } from '@backstage/errors';
import {
  policyProblems,
  quotaProblems,
  validateJobName,
  validateNamespace,
  type JobPolicy,
  type JobRef,
  type JobSummary,
  type RayJob,
} from '@ml-platform/rayjob';
import type { JobCluster } from '../clusters/readJobClusters';
import { metadataProblems } from './jobMetadata';

/** Where jobs may run, and what they may ask for. */
export interface AdmissionRules {
  readonly clusters: readonly Pick<
    JobCluster,
    'name' | 'holdsJobs' | 'namespaces'
  >[];
  /** False while more clusters may be found: one that isn't known may be among them. */
  readonly complete: boolean;
  /** What a specification may ask for. */
  readonly policy: JobPolicy;
  /** Keys of metadata that jobs may bring beside the platform's own. */
  readonly allowedMetadata: readonly string[];
  /** For the policy's quotas: at least the jobs of the place that have not ended. */
  readonly jobs?: Iterable<JobSummary>;
}

/** Sentences about why no job may run at a place; none for a good one. */
export function placeProblems(
  { clusters, complete }: Pick<AdmissionRules, 'clusters' | 'complete'>,
  { cluster, namespace }: Omit<JobRef, 'name'>,
): string[] {
  const wrong = validateNamespace(namespace);
  if (wrong) {
    return [`metadata.namespace: ${wrong}`];
  }
  const holders = clusters.filter(({ holdsJobs }) => holdsJobs);
  const found = holders.find(({ name }) => name === cluster);
  if (!found) {
    const known = clusters.some(({ name }) => name === cluster);
    return complete || known
      ? [
          `No jobs run on the cluster ${cluster}; use one of ${holders
            .map(({ name }) => name)
            .join(', ')}`,
        ]
      : [];
  }
  return found.namespaces && !found.namespaces.includes(namespace)
    ? [
        `The portal doesn't watch the namespace ${namespace} on ${cluster}; use one of ${found.namespaces.join(', ')}`,
      ]
    : [];
}

/**
 * The one answer to whether a job may be created, whichever door it comes
 * through: sentences about all that is wrong, none for a good job.
 */
export function admissionProblems(
  rules: AdmissionRules,
  cluster: string,
  job: RayJob,
): string[] {
  const { name, namespace = '' } = job.metadata;
  const wrongName = validateJobName(name);
  return [
    ...(wrongName ? [`metadata.name: ${wrongName}`] : []),
    ...placeProblems(rules, { cluster, namespace }),
    ...metadataProblems(job.metadata, rules.allowedMetadata),
    ...policyProblems(job, rules.policy),
    ...quotaProblems(cluster, job, rules.policy, rules.jobs ?? []),
  ];
}

/**
 * Lets a good job through.
 * @throws {InputError} when the platform doesn't run such a job; says all that
 * is wrong
 */
export function checkAdmission(
  rules: AdmissionRules,
  cluster: string,
  job: RayJob,
): void {
  const problems = admissionProblems(rules, cluster, job);
  if (problems.length > 0) {
    throw new InputError(problems.join('; '));
  }
}
