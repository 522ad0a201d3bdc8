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

/** What the portal calls the clusters of these contexts; others keep the name of theirs. */
export const CLUSTER_NAMES = {
  management: { name: 'management-cluster', title: 'Management cluster' },
  workload: { name: 'workload-cluster', title: 'Workload cluster' },
} as const;

export type ContextName = keyof typeof CLUSTER_NAMES;

function clusterNames(context: string): Pick<PortalCluster, 'name' | 'title'> {
  return (
    Object.entries(CLUSTER_NAMES).find(([name]) => name === context)?.[1] ?? {
      name: context,
      title: context,
    }
  );
}

/** A cluster that the portal reaches through a context of a kubeconfig. */
export function kubeconfigCluster(
  context: string,
  file: string,
  cluster: Pick<PortalCluster, 'url' | 'caData' | 'skipTLSVerify'>,
): PortalCluster {
  return {
    ...clusterNames(context),
    ...cluster,
    authMetadata: {
      'kubernetes.io/auth-provider': KUBECONFIG_PROVIDER,
      [KUBECONFIG_FILE]: file,
      [KUBECONFIG_CONTEXT]: context,
    },
  };
}
