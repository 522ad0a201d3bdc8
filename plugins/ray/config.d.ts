export interface Config {
  ray?: {
    /** Buckets and accounts of workloads in Google Cloud; absent where the portal offers none. */
    workloadStorage?: {
      /**
       * Google Cloud project of buckets and accounts.
       * @visibility frontend
       */
      projectId: string;
    };
  };
}
