/** The cluster that the tests run on, as `npm run test:cluster` was told. */
export interface Target {
  readonly kubeconfig: string;
  /** Its current one where absent. */
  readonly context?: string;
  /** An image with Ray that the nodes can pull. */
  readonly image: string;
  /** Ray's version in it. */
  readonly rayVersion: string;
  /** Run the embedded RayJob controller, as the cluster has no operator. */
  readonly rayController: boolean;
  /** Command that restarts the API server, where somebody can. */
  readonly restartApiServer?: string;
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set; run npm run test:cluster -- --help`);
  }
  return value;
}

export function readTarget(): Target {
  return {
    kubeconfig: required('TEST_CLUSTER_KUBECONFIG'),
    context: process.env.TEST_CLUSTER_CONTEXT,
    image: required('TEST_CLUSTER_IMAGE'),
    rayVersion: required('TEST_CLUSTER_RAY_VERSION'),
    rayController: process.env.TEST_CLUSTER_RAY_CONTROLLER === 'true',
    restartApiServer: process.env.TEST_CLUSTER_RESTART_API_SERVER,
  };
}

/** Port of the portal that the tests start; the four after it are taken too. */
export const PORTAL_PORT = 17107;
/** Port of the control of {@link FaultProxy}, which has the one after it. */
export const FAULTS_PORT = 17117;
export const STATE = 'e2e/.results/cluster-state';
/** Namespace of the jobs that the tests submit. */
export const NAMESPACE = 'ml-platform-test';
/** Namespace of the jobs that come from git. */
export const GIT_NAMESPACE = 'training';
export const CLUSTER = 'workload-cluster';
