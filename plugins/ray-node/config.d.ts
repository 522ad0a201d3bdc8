import type { HumanDuration } from '@backstage/types';

export interface Config {
  ray?: {
    /** Who builds the images of workloads. */
    builder?: {
      /**
       * `service`, `kubernetes`, `engine` (the first of podman, buildah and docker on
       * this machine that answers), one of these three, or a type that another module
       * adds. Default: service.
       */
      type?: string;
      /** Address of the build service. */
      url?: string;
      /**
       * Bearer token for the build service.
       * @visibility secret
       */
      token?: string;
      /**
       * Registry and path that images are pushed to and versions are read from, for
       * example `europe-west3-docker.pkg.dev/my-project/images`.
       */
      registry?: string;
      /** Hosts of registries without TLS, beside those of this machine. */
      plainHttp?: string[];
      /** How long a build may take. Default: 60. */
      timeoutMinutes?: number;
      /** Unfinished builds that one user may have through the portal's API. Default: 5. */
      maxBuildsPerUser?: number;
      /** Largest build context that the portal's API takes, in MiB. Default: 64. */
      maxContextMiB?: number;
      /** Jobs of a cluster that build; see docs/images.md. */
      kubernetes?: {
        namespace: string;
        /** Image with buildah, skopeo, git and curl. */
        image: string;
        /** Service account of the pods, for workload identity. */
        serviceAccount?: string;
        /** Secret of the type kubernetes.io/dockerconfigjson to pull and push with. */
        registrySecret?: string;
        /** Signs in to the registry as the pods' own identity on Google Cloud. */
        googleIdentity?: boolean;
        /** Fetches what is in git there, instead of taking it along. */
        git?: {
          /** Secret with the keys `username` and `password`. */
          secret?: string;
        };
        /** Repository that layers are kept in; none where absent. */
        cache?: string;
        resources?: {
          requests?: { [name: string]: string | number };
          limits?: { [name: string]: string | number };
        };
        nodeSelector?: { [name: string]: string };
        tolerations?: Array<{ [name: string]: unknown }>;
        /** Seconds that a Job stays after it has ended. Default: 3600. */
        keepSeconds?: number;
        /** File of the kubeconfig. Default: the cluster that the backend runs in. */
        kubeconfig?: string;
        context?: string;
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
      /** What is asked for each pull request of the portal. */
      pullRequests?: {
        labels?: string[];
        /** Names of users on GitHub. */
        reviewers?: string[];
        /** Names of teams of the repository's organization. */
        teams?: string[];
        /**
         * Has GitHub merge by itself, in this way, once the checks and reviews are there
         * that it requires. The repository has to allow auto-merge. Default: never.
         */
        autoMerge?: 'merge' | 'squash' | 'rebase';
      };
      /**
       * Proposes, in one pull request at a time, to remove the manifests of jobs that
       * ended. Default: never.
       */
      cleanUp?: {
        /** Time since a job ended, as `{ days: 30 }` or `30d`. */
        after: HumanDuration | string;
        /** Time between two looks. Default: 1 day. */
        frequency?: HumanDuration | string;
      };
    };
    /**
     * What people are told of their jobs, by the module that takes the notices, for
     * example plugins/ray-backend-module-notifications.
     */
    notifications?: {
      /** False switches them off for all. Default: true. */
      enabled?: boolean;
      /** When a job that has not started waits longer than usual. */
      waiting?: {
        /**
         * Waits that nobody is told of, however short they mostly are, as
         * `{ minutes: 15 }` or `15m`. Default: 15 minutes.
         */
        minimum?: HumanDuration | string;
        /** Times the median of the workload's last 20 waits, from 1. Default: 2. */
        timesUsual?: number;
      };
      pullRequest?: {
        /**
         * How long a job's pull request is open before its owner is told. Default: 30
         * minutes.
         */
        after?: HumanDuration | string;
      };
    };
  };
}
