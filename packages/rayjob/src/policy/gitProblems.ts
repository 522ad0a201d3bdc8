import type { RayJob } from '../objects/kubernetes';
import { plainText } from '../state/plainText';
import { textProblem } from '../values/manifestText';
import { eachField, type Field } from './fields';

function* fieldProblems({ key, value }: Field): Generator<string | undefined> {
  if (key === 'policy' && value === 'DeleteSelf') {
    yield 'The job deletes itself (deletionStrategy DeleteSelf), so that git brings it back and it runs again; use DeleteCluster, or ttlSecondsAfterFinished';
  }
  for (const text of [key, value].flat()) {
    if (typeof text === 'string') {
      yield textProblem(`The field ${plainText(key)}`, text);
    }
  }
}

/**
 * What in a job goes wrong where git is the source of truth, one sentence each.
 * A job that deletes itself is made and run again by the GitOps engine.
 */
export function gitProblems(job: RayJob): string[] {
  const seen = new Set<unknown>();
  const problems = [job.metadata, job.spec].flatMap(root =>
    [...eachField(root, seen)].flatMap(field => [...fieldProblems(field)]),
  );
  return [...new Set(problems)].filter(problem => problem !== undefined);
}
