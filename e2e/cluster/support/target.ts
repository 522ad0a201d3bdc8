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
  /** What builds images in the cluster, where somebody has made it. */
  readonly builds?: BuildTarget;
}

export interface BuildTarget {
  /** Image of packages/images/builder. */
  readonly image: string;
  /** Registry that the cluster's pods and nodes reach, as the tests do. */
  readonly registry: string;
  /** True for a registry without TLS. */
  readonly plainHttp: boolean;
}

/** The portal's image and what it needs, where that is what is tested. */
export interface PortalTarget {
  /** An image of the portal that the nodes can pull. */
  readonly image: string;
  /** The same with a migration more. */
  readonly nextImage: string;
  /** Address of an empty PostgreSQL database, as pods reach it. */
  readonly database: string;
  /** Address of this machine, as pods reach it. */
  readonly address: string;
}

export function required(name: string): string {
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
    builds: process.env.TEST_CLUSTER_BUILDER_IMAGE
      ? {
          image: process.env.TEST_CLUSTER_BUILDER_IMAGE,
          registry: required('TEST_CLUSTER_REGISTRY'),
          plainHttp: process.env.TEST_CLUSTER_PLAIN_HTTP === 'true',
        }
      : undefined,
  };
}

export function readPortalTarget(): PortalTarget {
  return {
    image: required('TEST_CLUSTER_PORTAL_IMAGE'),
    nextImage: required('TEST_CLUSTER_PORTAL_NEXT_IMAGE'),
    database: required('TEST_CLUSTER_PORTAL_DATABASE'),
    address: required('TEST_CLUSTER_ADDRESS'),
  };
}

/** Port of the portal that the tests start; the four after it are taken too. */
export const PORTAL_PORT = 17107;
/** Port of the control of {@link FaultProxy}, which has the one after it. */
export const FAULTS_PORT = 17117;
/** Where the deployed portal is opened, through kubectl port-forward. */
export const FORWARD_PORT = 17127;
/** Port of the identity provider that the deployed portal asks. */
export const IDENTITY_PORT = 17137;
export const STATE = 'e2e/.results/cluster-state';
/** Namespace of the jobs that the tests submit. */
export const NAMESPACE = 'ml-platform-test';
/** Namespace of the jobs that come from git. */
export const GIT_NAMESPACE = 'training';
export const CLUSTER = 'workload-cluster';
