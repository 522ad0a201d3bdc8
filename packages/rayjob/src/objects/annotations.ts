/**
 * Labels and annotations that tie a RayJob to the portal. The
 * `app.kubernetes.io` ones are Kubernetes' recommended labels.
 */
export const LABEL_WORKLOAD = 'app.kubernetes.io/name';
export const LABEL_VERSION = 'app.kubernetes.io/version';
export const LABEL_MANAGED_BY = 'app.kubernetes.io/managed-by';

/** Value of {@link LABEL_MANAGED_BY} on everything the platform renders. */
export const MANAGED_BY = 'ml-platform';

/** Entity reference of who asked for the job, for example `user:default/guest`. */
export const ANNOTATION_REQUESTER = 'ml-platform.dev/requester';
/** Commit of the workload's source that the image was built from. */
export const ANNOTATION_SOURCE_COMMIT = 'ml-platform.dev/source-commit';
/** Id of the scaffolder task that asked for the job. */
export const ANNOTATION_TASK = 'ml-platform.dev/task';
/** Path of the manifest inside the GitOps repository. */
export const ANNOTATION_GITOPS_PATH = 'ml-platform.dev/gitops-path';
/** Time at which the platform suspended the job to stop it, as ISO 8601. */
export const ANNOTATION_STOPPED_AT = 'ml-platform.dev/stopped-at';

/** `spec.type` of the catalog's Components that can be trained. */
export const ENTITY_TYPE_WORKLOAD = 'training-workload';
/** Entity annotation: name of the workload whose runs a catalog page shows. */
export const ENTITY_ANNOTATION_WORKLOAD = 'ml-platform.dev/workload';
/** Entity annotation: name of the cluster whose jobs and nodes a catalog page shows. */
export const ENTITY_ANNOTATION_CLUSTER = 'ml-platform.dev/cluster';
/** Entity annotation: `namespace/name` of the storage that a workload's runs use. */
export const ENTITY_ANNOTATION_STORAGE = 'ml-platform.dev/storage';
/** Entity annotation: address of that storage's bucket, for example `gs://my-bucket`. */
export const ENTITY_ANNOTATION_BUCKET = 'ml-platform.dev/bucket';
/** Entity annotation: command of a workload's runs, unless a run names another. */
export const ENTITY_ANNOTATION_ENTRYPOINT = 'ml-platform.dev/entrypoint';
