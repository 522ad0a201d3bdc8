"""Labels and annotations on jobs, and names that KubeRay, Kueue and Argo CD fix."""

LABEL_WORKLOAD = "app.kubernetes.io/name"
LABEL_VERSION = "app.kubernetes.io/version"
LABEL_MANAGED_BY = "app.kubernetes.io/managed-by"
MANAGED_BY = "ml-platform"
LABEL_KUBERNETES_ID = "backstage.io/kubernetes-id"
"""Makes the pods show on the workload's page of Backstage's Kubernetes plugin."""

ANNOTATION_REQUESTER = "ml-platform.dev/requester"
ANNOTATION_SOURCE_COMMIT = "ml-platform.dev/source-commit"
ANNOTATION_GITOPS_PATH = "ml-platform.dev/gitops-path"
ANNOTATION_TASK = "ml-platform.dev/task"
ANNOTATION_STOPPED_AT = "ml-platform.dev/stopped-at"
"""Time at which the platform suspended the job to stop it, as ISO 8601."""
ANNOTATION_ANOTHER_RUN_OF = "ml-platform.dev/another-run-of"
ARGOCD_ANNOTATION_TRACKING = "argocd.argoproj.io/tracking-id"

RAY_LABEL_CLUSTER = "ray.io/cluster"
RAY_LABEL_NODE_TYPE = "ray.io/node-type"
RAY_LABEL_ORIGIN_NAME = "ray.io/originated-from-cr-name"
SUBMITTER_CONTAINER = "ray-job-submitter"

KUEUE_LABEL_QUEUE = "kueue.x-k8s.io/queue-name"
KUEUE_LABEL_PRIORITY = "kueue.x-k8s.io/priority-class"

BUCKET_VARIABLE = "ML_PLATFORM_BUCKET"
"""Variable of a job's environment with the address of its workload's bucket."""
