import {
  KUBECONFIG_CONTEXT,
  KUBECONFIG_FILE,
  KUBECONFIG_PROVIDER,
} from '@ml-platform/kube';

/** A cluster as Backstage's `kubernetes:` section has it. */
export type PortalCluster = {
  readonly name: string;
  readonly title: string;
  readonly url: string;
  /** PEM in base64. */
  readonly caData?: string;
  readonly skipTLSVerify?: boolean;
} & (
  | {
      readonly authProvider: 'serviceAccount';
      readonly serviceAccountToken: string;
    }
  | { readonly authMetadata: Readonly<Record<string, string>> }
);

/** The two clusters by the names of their kubeconfig contexts. */
export const CLUSTER_NAMES = {
  management: { name: 'management-cluster', title: 'Management cluster' },
  workload: { name: 'workload-cluster', title: 'Workload cluster' },
} as const;

export type ContextName = keyof typeof CLUSTER_NAMES;

/** A cluster that the portal reaches through a context of a kubeconfig. */
export function kubeconfigCluster(
  context: ContextName,
  file: string,
  cluster: Pick<PortalCluster, 'url' | 'caData' | 'skipTLSVerify'>,
): PortalCluster {
  return {
    ...CLUSTER_NAMES[context],
    ...cluster,
    authMetadata: {
      'kubernetes.io/auth-provider': KUBECONFIG_PROVIDER,
      [KUBECONFIG_FILE]: file,
      [KUBECONFIG_CONTEXT]: context,
    },
  };
}
