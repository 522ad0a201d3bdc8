import { isError } from '@backstage/errors';
import type { RayJob } from '../objects/kubernetes';
import { readRayJob } from '../objects/readRayJob';
import { largestResources } from '../summary/jobResources';
import { largestWorkers } from '../summary/workers';
import { describeBytes, formatCpu } from '../values/quantities';
import { eachField, type Field } from './fields';
import { imagesOf, isFrom } from './images';
import type { JobLimits, JobPolicy } from './jobPolicy';
import { placesOf } from './places';
import { podSecurityProblem } from './podSecurity';

const ACCOUNT_FIELDS = ['serviceAccountName', 'serviceAccount'];

function* fieldProblems(field: Field, policy: JobPolicy): Generator<string> {
  const { podSecurity, registries, serviceAccounts } = policy;
  const problem =
    podSecurity === 'baseline' ? podSecurityProblem(field) : undefined;
  if (problem) {
    yield problem;
  }
  if (registries) {
    for (const image of imagesOf(field)) {
      if (!isFrom(image, registries)) {
        yield `takes the image ${image} from elsewhere than ${registries.join(', ')}`;
      }
    }
  }
  if (serviceAccounts && ACCOUNT_FIELDS.includes(field.key)) {
    const account = String(field.value || 'default');
    if (account !== 'default' && !serviceAccounts.includes(account)) {
      yield `runs as the service account ${account}; use ${['default', ...serviceAccounts].join(', ')}`;
    }
  }
}

function* overLimits(job: RayJob, limits: JobLimits): Generator<string> {
  const spec = job.spec?.rayClusterSpec;
  const { cpu, memory, accelerators } = largestResources(spec);
  const workers = largestWorkers(spec);
  const over = (
    asked: number,
    most: number | undefined,
    describe: (amount: number) => string,
  ): string[] =>
    most !== undefined && asked > most
      ? [
          `The job asks for ${describe(asked)}, and ${describe(most)} is the most that one may have`,
        ]
      : [];
  yield* over(cpu, limits.cpu, amount => `${formatCpu(amount)} CPU`);
  yield* over(memory, limits.memory, describeBytes);
  yield* over(workers, limits.workers, amount => `${amount} workers`);
  for (const [name, most] of Object.entries(limits.accelerators ?? {})) {
    yield* over(accelerators[name] ?? 0, most, amount => `${amount} ${name}`);
  }
}

/**
 * What a job asks for beyond what the policy allows, one sentence each; empty
 * when it may run.
 *
 * It reads every field at every depth, and trusts no field to be what it should
 * be. A job that runs on a Ray cluster which exists brings no pods of its own
 * but the submitter.
 */
export function policyProblems(job: RayJob, policy: JobPolicy): string[] {
  const problems: string[] = [];
  const { namespace = 'default' } = job.metadata;
  if (policy.namespaces && !policy.namespaces.includes(namespace)) {
    problems.push(
      `The namespace ${namespace} takes no jobs; use ${policy.namespaces.join(', ')}`,
    );
  }
  const seen = new Set<unknown>();
  for (const { name, root } of placesOf(job)) {
    for (const field of eachField(root, seen)) {
      for (const problem of fieldProblems(field, policy)) {
        problems.push(`${name} ${problem}`);
      }
    }
  }
  try {
    problems.push(...overLimits(readRayJob(job), policy.limits ?? {}));
  } catch (error) {
    problems.push(isError(error) ? error.message : String(error));
  }
  return [...new Set(problems)];
}
