import type { JobRef } from '@ml-platform/rayjob';
import { inlineCode } from './markdown';

/** Title and text of the pull request that removes manifests of jobs that ended. */
export function cleanUpBody(
  jobs: ReadonlyArray<{
    readonly ref: JobRef;
    readonly state: string;
    readonly endedAt: string;
  }>,
): { readonly title: string; readonly body: string } {
  const count =
    jobs.length === 1 ? '1 training job' : `${jobs.length} training jobs`;
  return {
    title: `Remove the manifests of ${count} that ended`,
    body: [
      'Merging this removes the manifests below, and the GitOps engine then removes the RayJobs from their clusters. No job is stopped: all of them ended. The portal keeps their history and logs.',
      '',
      '| Job | Place | Ended |',
      '| --- | --- | --- |',
      ...jobs.map(
        ({ ref, state, endedAt }) =>
          `| ${inlineCode(ref.name)} | ${inlineCode(`${ref.cluster} / ${ref.namespace}`)} | ${state} on ${endedAt.slice(0, 10)} |`,
      ),
      '',
    ].join('\n'),
  };
}
