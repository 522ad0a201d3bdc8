/** Labels that KubeRay 1.7 puts on what it makes. */
export const RAY_LABEL_CLUSTER = 'ray.io/cluster';
export const RAY_LABEL_NODE_TYPE = 'ray.io/node-type';
export const RAY_LABEL_GROUP = 'ray.io/group';
export const RAY_LABEL_ORIGIN_NAME = 'ray.io/originated-from-cr-name';
export const RAY_LABEL_ORIGIN_KIND = 'ray.io/originated-from-crd';

/** Container that submits the entrypoint, in its own pod or beside the head. */
export const SUBMITTER_CONTAINER = 'ray-job-submitter';

/** Label that hands a job to a Kueue queue. */
export const KUEUE_LABEL_QUEUE = 'kueue.x-k8s.io/queue-name';
/** Label: the name of a Kueue WorkloadPriorityClass. */
export const KUEUE_LABEL_PRIORITY = 'kueue.x-k8s.io/priority-class';

/** Argo CD writes it on every object that it tracks. */
export const ARGOCD_ANNOTATION_TRACKING = 'argocd.argoproj.io/tracking-id';
