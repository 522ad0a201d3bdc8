import { parseBytes, parseCpu, parseQuantity } from '../values/quantities';
import {
  amount,
  count,
  fail,
  readObject,
  recordOf,
  strings,
  type Reader,
} from '../values/readSection';

/** Most that one job may ask for, with every worker that it may grow to. */
export interface JobLimits {
  /** milliCPU */
  readonly cpu?: number;
  /** bytes */
  readonly memory?: number;
  readonly workers?: number;
  /** By the name of the extended resource; one that is not named has no limit. */
  readonly accelerators?: Readonly<Record<string, number>>;
}

/** Most that the jobs of a namespace which have not ended may ask for together. */
export interface JobQuota {
  /** Number of jobs. */
  readonly jobs?: number;
  /** milliCPU */
  readonly cpu?: number;
  /** bytes */
  readonly memory?: number;
  /** By the name of the extended resource; one that is not named has no limit. */
  readonly accelerators?: Readonly<Record<string, number>>;
}

/** What a job's specification may ask for. A list that is absent allows all. */
export interface JobPolicy {
  /** `privileged` turns the checks of pods off. */
  readonly podSecurity: 'baseline' | 'privileged';
  readonly namespaces?: readonly string[];
  /** `default`, which a pod has that names none, is always allowed. */
  readonly serviceAccounts?: readonly string[];
  /** Where images may come from: a registry's host, or a path below it. */
  readonly registries?: readonly string[];
  /** For everybody whom none of `groups` is for. */
  readonly limits?: JobLimits;
  /** By the entity reference of a group or user, for example `group:default/research`. */
  readonly groups?: Readonly<Record<string, JobLimits>>;
  /** By namespace, and on each cluster for itself. */
  readonly quotas?: Readonly<Record<string, JobQuota>>;
}

/** Pod Security "baseline", and nothing else. */
export const DEFAULT_JOB_POLICY: JobPolicy = { podSecurity: 'baseline' };

const SECTION = 'ray.policy';

const limits: Reader<JobLimits> = (value, path) =>
  readObject<JobLimits>(value, path, {
    cpu: amount(parseCpu),
    memory: amount(parseBytes),
    workers: count,
    accelerators: recordOf(amount(parseQuantity)),
  });

const quota: Reader<JobQuota> = (value, path) =>
  readObject<JobQuota>(value, path, {
    jobs: count,
    cpu: amount(parseCpu),
    memory: amount(parseBytes),
    accelerators: recordOf(amount(parseQuantity)),
  });

const REFERENCE = /^(group|user):[^:/\s]+\/[^:/\s]+$/i;

const groupLimits: Reader<Readonly<Record<string, JobLimits>>> = (
  value,
  path,
) => {
  const read = recordOf(limits)(value, path);
  const wrong = Object.keys(read).find(name => !REFERENCE.test(name));
  if (wrong !== undefined) {
    return fail(
      `${path}.${wrong}`,
      'named by its reference, for example group:default/research',
    );
  }
  return Object.fromEntries(
    Object.entries(read).map(([name, most]) => [name.toLowerCase(), most]),
  );
};

const podSecurity: Reader<JobPolicy['podSecurity']> = (value, path) =>
  value === 'baseline' || value === 'privileged'
    ? value
    : fail(path, 'baseline or privileged');

/**
 * Reads the section `ray.policy` of the configuration; without one, the default.
 *
 * @throws {InputError} when the section is not a policy; a value that is
 *   misspelled must not leave a door open
 */
export function readJobPolicy(section: unknown): JobPolicy {
  return {
    ...DEFAULT_JOB_POLICY,
    ...(section === undefined
      ? {}
      : readObject<JobPolicy>(section, SECTION, {
          podSecurity,
          namespaces: strings,
          serviceAccounts: strings,
          registries: strings,
          limits,
          groups: groupLimits,
          quotas: recordOf(quota),
        })),
  };
}
