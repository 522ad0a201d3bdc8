import {
  ANNOTATION_REQUESTER,
  ANNOTATION_SOURCE_COMMIT,
  KUEUE_LABEL_PRIORITY,
  KUEUE_LABEL_QUEUE,
  LABEL_MANAGED_BY,
  LABEL_VERSION,
  LABEL_WORKLOAD,
  type ObjectMeta,
} from '@ml-platform/rayjob';

/** Annotation: name of the run, in the same place, that this one repeats. */
export const ANNOTATION_ANOTHER_RUN_OF = 'ml-platform.dev/another-run-of';

/**
 * Keys of labels and annotations that a job may bring along, beside keys without
 * a prefix. Others belong to controllers and deployment tools, which find what is
 * theirs by them, so a job that carried them could pass for somebody else's.
 */
const ALLOWED = new Set([
  LABEL_WORKLOAD,
  LABEL_VERSION,
  LABEL_MANAGED_BY,
  'app.kubernetes.io/component',
  'app.kubernetes.io/part-of',
  KUEUE_LABEL_QUEUE,
  KUEUE_LABEL_PRIORITY,
  'kueue.x-k8s.io/max-exec-time-seconds',
  'backstage.io/kubernetes-id',
  'ray.io/gang-scheduling-enabled',
  'ray.io/priority-class-name',
  ANNOTATION_ANOTHER_RUN_OF,
  ANNOTATION_REQUESTER,
  ANNOTATION_SOURCE_COMMIT,
]);

/** Fields that make the API server or a controller treat the object differently. */
const REFUSED_FIELDS = ['finalizers', 'ownerReferences', 'generateName'];

/** What kubectl leaves behind on an object that is copied; nobody asks for it. */
const LEFT_BEHIND = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
]);

type Keys = Readonly<Record<string, string>>;

function isAllowed(key: string, more: readonly string[]): boolean {
  return (
    !key.includes('/') ||
    ALLOWED.has(key) ||
    more.some(entry =>
      entry.endsWith('/') ? key.startsWith(entry) : key === entry,
    )
  );
}

function allowedKeys(
  keys: Keys | undefined,
  more: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(keys ?? {}).filter(([key]) => isAllowed(key, more)),
  );
}

/**
 * The part of an object's metadata that a new job may have: what the API server
 * and controllers wrote is left out.
 *
 * @param more - further keys, or prefixes that end with a slash
 */
export function allowedMetadata(
  { name, namespace, labels, annotations }: ObjectMeta,
  more: readonly string[],
): ObjectMeta {
  return {
    name,
    namespace,
    labels: allowedKeys(labels, more),
    annotations: allowedKeys(annotations, more),
  };
}

/** Sentences about what a new job's metadata must not hold. */
export function metadataProblems(
  metadata: ObjectMeta,
  more: readonly string[],
): string[] {
  const present = new Set(Object.keys(metadata));
  const fields = REFUSED_FIELDS.filter(field => present.has(field));
  const problems = fields.map(
    field => `Remove metadata.${field}; a new job can't set it`,
  );
  for (const kind of ['labels', 'annotations'] as const) {
    const keys = Object.keys(metadata[kind] ?? {}).filter(
      key => !isAllowed(key, more) && !LEFT_BEHIND.has(key),
    );
    if (keys.length > 0) {
      problems.push(
        `Remove ${keys.join(', ')} from metadata.${kind}; use keys without a prefix, or ask whoever runs the platform to add them to ray.submit.allowedMetadata`,
      );
    }
  }
  return problems;
}
