/** Label of each image with the digest of the content that it was built from. */
export const CONTENT_LABEL = 'dev.ml-platform.content-digest';

/**
 * Labels that say where an image comes from.
 *
 * Source: OCI image specification, "Pre-Defined Annotation Keys".
 */
export const TITLE_LABEL = 'org.opencontainers.image.title';
export const VERSION_LABEL = 'org.opencontainers.image.version';
export const REVISION_LABEL = 'org.opencontainers.image.revision';
export const SOURCE_LABEL = 'org.opencontainers.image.source';

/** Entity reference of who asked for an image, for example `user:default/ada`. */
export const REQUESTER_LABEL = 'dev.ml-platform.requester';
/** Id of the scaffolder task that built it. */
export const TASK_LABEL = 'dev.ml-platform.task';
