import {
  ANNOTATION_REQUESTER,
  jobName,
  LABEL_WORKLOAD,
  type RayJob,
} from '@ml-platform/rayjob';
import { allowedMetadata, ANNOTATION_ANOTHER_RUN_OF } from './jobMetadata';

/** Names, a second apart each, that a new run tries. */
const NAME_TRIES = 10;

/**
 * A new RayJob with the specification of another, under a new name. Of its
 * metadata only what describes the run is copied: the rest belongs to whoever
 * deployed the first one.
 */
export function anotherRun(
  source: RayJob,
  options: {
    readonly date: Date;
    /** Entity reference. */
    readonly requester: string;
    /** Keys of metadata that jobs may bring beside the platform's own. */
    readonly allowedMetadata?: readonly string[];
  },
): RayJob {
  const { date, requester, allowedMetadata: more = [] } = options;
  const metadata = allowedMetadata(source.metadata, more);
  const workload =
    metadata.labels?.[LABEL_WORKLOAD] ??
    metadata.name.replace(/-\d{8}-\d{6}$/, '');
  return {
    apiVersion: 'ray.io/v1',
    kind: 'RayJob',
    metadata: {
      ...metadata,
      name: jobName(workload, date),
      annotations: {
        ...metadata.annotations,
        [ANNOTATION_REQUESTER]: requester,
        [ANNOTATION_ANOTHER_RUN_OF]: source.metadata.name,
      },
    },
    // KubeRay gives each run its own id; `suspend` belongs to the one before.
    spec: { ...source.spec, jobId: undefined, suspend: undefined },
  };
}

/** A run under the names of the next seconds, first the one that it has. */
export function* runsFrom(run: RayJob, start: Date): Generator<RayJob> {
  const stem = run.metadata.name.replace(/-\d{8}-\d{6}$/, '');
  for (let second = 0; second < NAME_TRIES; second += 1) {
    const name = jobName(stem, new Date(start.getTime() + second * 1_000));
    yield { ...run, metadata: { ...run.metadata, name } };
  }
}
