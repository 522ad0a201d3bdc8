export interface Config {
  ray?: {
    builder?: {
      /** `cloudBuild` for Google Cloud Build. */
      type?: string;
      cloudBuild?: {
        /** Project that builds, and pays for it. */
        project: string;
        /** Region of the builds, for example europe-west3. Default: global. */
        region?: string;
        /** Bucket for contexts and logs, without gs://. */
        bucket: string;
        /** E-mail of the service account that builds and pushes. Default: the project's. */
        serviceAccount?: string;
        /** Repository that layers are kept in; none where absent. */
        cache?: string;
        /** For example E2_HIGHCPU_8. Default: Cloud Build's. */
        machineType?: string;
        /** Full name of a private pool. */
        workerPool?: string;
        /** Address of Cloud Build's API, for Private Service Connect. */
        apiEndpoint?: string;
      };
    };
  };
}
