import { PORTAL_PORT, required } from '../support/target';

/** The Argo CD of the journey, as `npm run test:cluster` was told. */
export interface ArgoCdTarget {
  /** Kubeconfig of the cluster that it runs on. */
  readonly kubeconfig: string;
  /** Address of its API, which takes webhooks. */
  readonly api: string;
  /** The kubectl command. */
  readonly kubectl: string;
  /** Address of this machine, as pods reach it. */
  readonly address: string;
}

export function readArgoCdTarget(): ArgoCdTarget {
  return {
    kubeconfig: required('TEST_CLUSTER_ARGOCD'),
    api: required('TEST_CLUSTER_ARGOCD_API'),
    kubectl: required('TEST_CLUSTER_KUBECTL'),
    address: required('TEST_CLUSTER_ADDRESS'),
  };
}

export const STATE = 'e2e/.results/journey-state';
/** The embedded Git host's repository, as Argo CD and browsers reach it. */
export const REPOSITORY_URL = `http://localhost:${PORTAL_PORT + 1}/ml-platform/ml-platform`;
/** The Application of gitops/ for the jobs of the namespace `training`. */
export const APPLICATION = 'workload-cluster-jobs-training';
