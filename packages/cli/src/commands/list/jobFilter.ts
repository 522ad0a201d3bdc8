import { InputError } from '@backstage/errors';
import {
  compareJobs,
  isJobState,
  JOB_STATES,
  parseJobOrder,
  type JobFilter,
  type JobSummary,
} from '@ml-platform/rayjob';
import type { OpenedPlatform } from '@ml-platform/sdk';
import { parseSince } from '../../output/time';
import type { ListOptions } from './command';

const split = (values: readonly string[] | undefined) =>
  values?.flatMap(value => value.split(',')).filter(Boolean);

/**
 * The filter that the options ask for.
 * @throws {InputError} for a state that there is not
 */
export function jobFilter(
  options: ListOptions,
  words: string,
  opened: Pick<OpenedPlatform, 'namespace' | 'requester'>,
): JobFilter {
  const { namespace } = opened;
  const state = split(options.state)?.map(name => {
    if (!isJobState(name)) {
      throw new InputError(
        `There is no state '${name}'; use one of ${JOB_STATES.join(', ')}`,
      );
    }
    return name;
  });
  return {
    ...(options.allNamespaces || !namespace ? {} : { namespace: [namespace] }),
    state,
    workload: split(options.workload),
    owner: split(options.owner)?.map(name => {
      if (name === 'me') {
        return opened.requester;
      }
      return name.includes(':') ? name : `user:default/${name}`;
    }),
    q: words || undefined,
  };
}

/**
 * Leaves out, orders and cuts as the options say.
 * @throws {InputError} for a time, a field or a number that is none
 */
export function arrange(
  jobs: readonly JobSummary[],
  options: ListOptions,
  now: Date,
): readonly JobSummary[] {
  const since = options.since && parseSince(options.since, now).toISOString();
  const { by, descending } = parseJobOrder(options.sort);
  const limit = options.limit === undefined ? Infinity : Number(options.limit);
  if (!(limit >= 1)) {
    throw new InputError(`--limit takes a number from 1, not ${options.limit}`);
  }
  return jobs
    .filter(job => !since || job.createdAt >= since)
    .sort((a, b) =>
      descending
        ? compareJobs(b, a, by, now.getTime())
        : compareJobs(a, b, by, now.getTime()),
    )
    .slice(0, limit);
}
