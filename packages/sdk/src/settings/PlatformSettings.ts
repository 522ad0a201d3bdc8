/** Where the platform is, and how to reach its parts. All of it is optional. */
export interface PlatformSettings {
  /** Google Cloud project; chooses among kubecontexts of GKE. */
  readonly projectId?: string;
  /** Path of the kubeconfig; as kubectl finds it where absent. */
  readonly kubeconfig?: string;
  readonly contexts?: {
    /** Kubecontext of the cluster that jobs run on; the current one where absent. */
    readonly workload?: string;
    /** Kubecontext of the cluster of Argo CD and the portal. */
    readonly management?: string;
  };
  /** The workload cluster's name in the portal and in git. */
  readonly cluster?: string;
  /** Namespace of jobs; the kubecontext's where absent. */
  readonly namespace?: string;
  /** Registry and path that images are pushed to. */
  readonly registry?: string;
  readonly builder?: BuilderSettings;
  readonly git?: GitSettings;
  /**
   * What jobs are chosen from where they go straight to the cluster: `sizes`,
   * `accelerators` and `spot`, as `ray.jobs` of the portal has them.
   */
  readonly jobs?: unknown;
  /** Address of the portal. */
  readonly portal?: string;
  /** `portal` for people who have no access to the cluster. */
  readonly via?: 'cluster' | 'portal';
  /** Name that jobs are submitted under; the machine's user where absent. */
  readonly user?: string;
}

export interface BuilderSettings {
  /**
   * `docker`, `podman`, `buildah`, `kubernetes` for Jobs of the management cluster,
   * `service` for a build service, or `portal`.
   */
  readonly type?: string;
  /** Address of the build service. */
  readonly url?: string;
  /** Bearer token of the build service. */
  readonly token?: string;
  /** Hosts of registries that have no TLS, beside those of this machine. */
  readonly plainHttp?: readonly string[];
  /** How long a build may take, here or in the cluster. Default: 60. */
  readonly timeoutMinutes?: number;
  /** Of the builder `kubernetes`, as in `ray.builder.kubernetes` of the portal. */
  readonly kubernetes?: Readonly<Record<string, unknown>>;
}

export interface GitSettings {
  /** Web page of the repository that jobs come from. */
  readonly repository: string;
  readonly branch?: string;
  /** Folder of the GitOps tree inside the repository. */
  readonly path?: string;
  /** Address of GitHub's REST API, where it isn't github.com's. */
  readonly apiUrl?: string;
  /** Default: the environment variable `GITHUB_TOKEN`. */
  readonly token?: string;
}
