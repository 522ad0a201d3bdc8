/** How requests to a cluster prove who makes them. */
export type ClusterAuth =
  | {
      /** A bearer token, or a file that holds one and may be renewed. */
      readonly type: 'token';
      readonly token?: string;
      readonly tokenFile?: string;
    }
  | {
      /** A client certificate: PEM in base64, or files. */
      readonly type: 'clientCertificate';
      readonly certData?: string;
      readonly certFile?: string;
      readonly keyData?: string;
      readonly keyFile?: string;
    }
  | {
      /** A context of a kubeconfig file, with whatever that context uses. */
      readonly type: 'kubeconfig';
      /** Path of the file. */
      readonly file: string;
      /** Name of the context; the file's current one where absent. */
      readonly context?: string;
    }
  | {
      /**
       * A Google identity: the application-default credentials, which are a
       * file, a workload identity federation or the metadata server.
       */
      readonly type: 'google';
      /** Takes their place: the JSON text of a service account's key. */
      readonly credentials?: string;
    }
  /** The service account of the pod that this process runs in. */
  | { readonly type: 'inCluster' }
  | { readonly type: 'none' };

/** Where a cluster's API server is and how to be let in. */
export interface ClusterConfig {
  readonly name: string;
  /** Address of the API server; kubeconfig and in-cluster bring their own. */
  readonly url?: string;
  /** CA certificate: PEM in base64. */
  readonly caData?: string;
  readonly caFile?: string;
  readonly skipTLSVerify?: boolean;
  readonly proxyUrl?: string;
  readonly auth: ClusterAuth;
}
