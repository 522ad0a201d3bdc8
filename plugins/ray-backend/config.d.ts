import type { HumanDuration } from '@backstage/types';

export interface Config {
  /** Training jobs on Ray. */
  ray?: {
    /**
     * Which clusters of `kubernetes.clusterLocatorMethods` hold jobs; all of
     * them where this is absent.
     */
    clusters?: Array<{
      /** Name of the cluster in the `kubernetes` section. */
      name: string;
      /** Name for people. */
      title?: string;
      /** Namespaces to look at; all where absent. */
      namespaces?: string[];
      /** Pages about jobs of the cluster, linked on the page of each job. */
      dashboards?: Array<{
        title: string;
        /**
         * An http or https address. `{cluster}`, `{namespace}`, `{name}`,
         * `{workload}`, `{rayCluster}`, `{jobId}` (in Ray), `{from}` and `{to}`
         * (milliseconds, as Grafana takes them) are replaced, encoded. A page
         * that needs what is not known yet is left out.
         */
        url: string;
      }>;
      /** Takes the place of the credentials of the `kubernetes` section. */
      auth?: {
        type:
          'kubeconfig' | 'token' | 'clientCertificate' | 'google' | 'inCluster';
        /** Path of a kubeconfig file, read again when it is renewed. */
        file?: string;
        /** Context of the kubeconfig file. */
        context?: string;
        /** @visibility secret */
        token?: string;
        /** Path of a file with a token, read again when it is renewed. */
        tokenFile?: string;
        certData?: string;
        certFile?: string;
        /** @visibility secret */
        keyData?: string;
        keyFile?: string;
        /**
         * JSON text of a service account's key, for `google`. Default: the
         * application-default credentials.
         * @visibility secret
         */
        credentials?: string;
      };
    }>;
    gke?: {
      /**
       * Address of the Container API, for Private Service Connect. Default:
       * https://container.googleapis.com.
       */
      apiEndpoint?: string;
    };
    /**
     * What a job's specification may ask for, whichever way it is created.
     * Default: Pod Security baseline.
     */
    policy?: {
      /** `privileged` turns the checks of pods off. Default: baseline. */
      podSecurity?: 'baseline' | 'privileged';
      /** Namespaces that take jobs. Default: all. */
      namespaces?: string[];
      /** Service accounts beside `default`. Default: all. */
      serviceAccounts?: string[];
      /** Where images may come from: a registry's host, or a path below it. */
      registries?: string[];
      /** Most that one job may ask for, with every worker that it may grow to. */
      limits?: {
        /** Kubernetes quantity, for example 64. */
        cpu?: string | number;
        /** Kubernetes quantity, for example 512Gi. */
        memory?: string | number;
        workers?: number;
        /** By the name of the extended resource. */
        accelerators?: { [name: string]: string | number };
      };
    };
    /** Jobs that come through the portal's API. */
    submit?: {
      /**
       * Labels and annotations that submitted jobs may bring, beside keys without
       * a prefix and those that the platform knows: keys, or prefixes that end
       * with a slash, for example `example.com/`.
       */
      allowedMetadata?: string[];
    };
    /** Jobs whose objects are gone from their clusters. */
    history?: {
      /** How long they stay listed, as `{ days: 90 }` or `90d`. Default: 90 days. */
      retention?: HumanDuration | string;
      /** How many stay listed at most; each takes about 1 KB of memory. Default: 50000. */
      maxJobs?: number;
    };
    logs?: {
      /** Logs that one user may have open at once. Default: 50. */
      maxStreamsPerUser?: number;
      /** Where the driver's log of each attempt stays when its pod is gone. */
      archive?: {
        /** `directory`, or what a backend module adds. */
        type: string;
        /** Folder, for `directory`. */
        path?: string;
        /**
         * Bytes of text that are kept of one log: its beginning and its last
         * MiB. Default: 67108864.
         */
        maxBytes?: number;
        /** How long a log is kept. Default: as long as its job is listed. */
        retention?: HumanDuration | string;
      };
    };
    /** The repository that is the source of truth for jobs. */
    gitops?: {
      /**
       * Web page of the repository; `integrations.github` needs an entry for it.
       * @visibility frontend
       */
      repoUrl: string;
      /** Default: main. */
      branch?: string;
      /** Folder of the GitOps tree in the repository. Default: gitops. */
      path?: string;
      /** Seconds between two looks at the repository. Default: 15. */
      pollSeconds?: number;
    };
  };
}
