/** Labels and annotations of KubeRay 1.7. */
export const label = {
  cluster: 'ray.io/cluster',
  nodeType: 'ray.io/node-type',
  group: 'ray.io/group',
  isRayNode: 'ray.io/is-ray-node',
  identifier: 'ray.io/identifier',
  serve: 'ray.io/serve',
  headlessService: 'ray.io/headless-worker-svc',
  originName: 'ray.io/originated-from-cr-name',
  originKind: 'ray.io/originated-from-crd',
  submissionMode: 'ray.io/job-submission-mode',
  replicaName: 'ray.io/worker-group-replica-name',
  replicaIndex: 'ray.io/worker-group-replica-index',
  hostIndex: 'ray.io/replica-host-index',
  appName: 'app.kubernetes.io/name',
  createdBy: 'app.kubernetes.io/created-by',
} as const;

export const annotation = {
  ftEnabled: 'ray.io/ft-enabled',
  overwriteContainerCommand: 'ray.io/overwrite-container-cmd',
  disableHeadRestart: 'ray.io/disable-provisioned-head-restart',
  specHash: 'ray.io/upgrade-strategy-recreate-hash',
  kubeRayVersion: 'ray.io/kuberay-version',
} as const;

/** The version of KubeRay whose behaviour this is. */
export const kubeRayVersion = 'v1.7.0';

export const applicationName = 'kuberay';
/** Value of `app.kubernetes.io/created-by`, which consumers select by. */
export const componentName = 'kuberay-operator';

export const headGroup = 'headgroup';
export const submitterContainerName = 'ray-job-submitter';
