export interface Config {
  ray?: {
    /** Clusters that may be chosen for a job. */
    clusters?: Array<{
      name: string;
      /** Namespaces that jobs may run in; without it, all. */
      namespaces?: string[];
    }>;
    /** Repository that holds the manifests of jobs. */
    gitops?: {
      /** Web address of the repository, for example https://github.com/owner/repo. */
      repoUrl: string;
      /** Branch that pull requests are opened against; `main` by default. */
      branch?: string;
      /** Folder of the manifests; `gitops` by default. */
      path?: string;
    };
    /** Buckets in Google Cloud that the template for workloads offers. */
    workloadStorage?: {
      /** Project of buckets and accounts. */
      projectId: string;
      /** Folder of the management cluster in the GitOps tree; `management-cluster` by default. */
      managementCluster?: string;
      /** Folder of the workload cluster in the GitOps tree; `workload-cluster` by default. */
      workloadCluster?: string;
    };
  };
}
