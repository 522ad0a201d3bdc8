import type { HumanDuration } from '@backstage/types';

export interface Config {
  /** Training jobs on Ray. */
  ray?: {
    /**
     * Which clusters of `kubernetes.clusterLocatorMethods` hold jobs; all of
     * them where this is absent.
     */
    clusters?: Array<{
      /** Name of the cluster, as in the `kubernetes` section. */
      name: string;
      /**
       * Its name in the `kubernetes` section, where that is another: `name` is also
       * the cluster's folder in the GitOps repository. Default: `name`.
       */
      foundAs?: string;
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
      /**
       * Limits of groups and users, by the reference of their entity, for example
       * `group:default/research`. They take the place of `limits` for who belongs to
       * one; who belongs to several may do what any of them may.
       */
      groups?: {
        [entityRef: string]: {
          cpu?: string | number;
          memory?: string | number;
          workers?: number;
          accelerators?: { [name: string]: string | number };
        };
      };
      /**
       * Most that the jobs which have not ended may ask for together, by namespace
       * and on each cluster for itself. Default: no quotas.
       */
      quotas?: {
        [namespace: string]: {
          /** Number of jobs. */
          jobs?: number;
          cpu?: string | number;
          memory?: string | number;
          accelerators?: { [name: string]: string | number };
        };
      };
    };
    /** What people choose a new job from, and what it costs. */
    jobs?: {
      /** Default: small, medium and large. */
      sizes?: Array<{
        name: string;
        /** Name for people. Default: the name. */
        title?: string;
        workers: number;
        /** Where Ray's autoscaler decides the number of workers. */
        maxWorkers?: number;
        /** Kubernetes quantity of each worker. */
        cpu: string | number;
        /** Kubernetes quantity of each worker. */
        memory: string;
      }>;
      /** Kinds of GPUs and other accelerators. Default: any GPU of NVIDIA. */
      accelerators?: Array<{
        name: string;
        /** Name for people. Default: the name. */
        title?: string;
        /** Extended resource, for example nvidia.com/gpu. */
        resource: string;
        /** Clusters that have it. Default: all. */
        clusters?: string[];
        nodeSelector?: { [label: string]: string };
        tolerations?: Array<{
          key?: string;
          operator?: 'Exists' | 'Equal';
          value?: string;
          effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
        }>;
        /** Of one device. */
        pricePerHour?: number;
      }>;
      /** Nodes that may be taken away. Without it, jobs can't ask for them. */
      spot?: {
        nodeSelector?: { [label: string]: string };
        tolerations?: Array<{
          key?: string;
          operator?: 'Exists' | 'Equal';
          value?: string;
          effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
        }>;
      };
      /** Without them, forms and pull requests say so. */
      prices?: {
        /** For people, for example EUR. */
        currency: string;
        /** Of one core for an hour. */
        cpu: number;
        /** Of one GiB of memory for an hour. */
        memory: number;
        /** Part of the price that spot nodes take, for example 0.4. Default: 1. */
        spot?: number;
      };
      /**
       * Namespaces that the form offers where neither `ray.clusters` nor `ray.policy`
       * names any.
       */
      namespaces?: string[];
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
      /** Where the portal keeps the logs whose lines it is asked for by number. */
      numbered?: {
        /** Folder. Default: the system's folder for temporary files. */
        path?: string;
        /**
         * Bytes on disk, packed, for all logs together; then those go that were
         * needed longest ago. Default: 2147483648.
         */
        maxBytes?: number;
      };
      /** Where the driver's log of each attempt stays when its pod is gone. */
      archive?: {
        /** `directory`, or what a backend module adds. */
        type: string;
        /** Folder, for `directory`. */
        path?: string;
        /**
         * Bytes of text that are kept of one log: its beginning and its last
         * MiB. Default: 1073741824.
         */
        maxBytes?: number;
        /** How long a log is kept. Default: as long as its job is listed. */
        retention?: HumanDuration | string;
      };
    };
    /** Buckets and accounts of workloads in Google Cloud, which Crossplane makes. */
    workloadStorage?: {
      /** Google Cloud project of buckets and accounts. */
      projectId: string;
      /**
       * Name of the cluster that runs Crossplane, in the `kubernetes` section.
       * Default: management-cluster.
       */
      managementCluster?: string;
      /** Name of the cluster that runs the jobs. Default: workload-cluster. */
      workloadCluster?: string;
    };
    /** What the portal asks of Argo CD, which brings the jobs from the repository. */
    argocd?: {
      /**
       * Name of the cluster with Argo CD's Applications, in the `kubernetes` section.
       * Default: management-cluster.
       */
      managementCluster?: string;
      /** Namespace of the Applications. Default: argocd. */
      namespace?: string;
      /**
       * The repository as the Applications name it, where that is another address than
       * `ray.gitops.repoUrl`.
       */
      repoUrl?: string;
      /** Address of Argo CD's pages, to which jobs' pages link. */
      url?: string;
    };
  };
}
