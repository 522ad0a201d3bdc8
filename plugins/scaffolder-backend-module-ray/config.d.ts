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
    /** Who builds the images of workloads. */
    builder?: {
      /** `service`, or a type that another module adds; `service` by default. */
      type?: string;
      /** Address of the build service. */
      url?: string;
      /**
       * Bearer token for the build service.
       * @visibility secret
       */
      token?: string;
    };
  };
}
