export interface Config {
  ray?: {
    logs?: {
      archive?: {
        /** `googleCloudStorage` for a bucket of Google Cloud Storage. */
        type: string;
        /** Name of the bucket, without `gs://`. */
        bucket?: string;
        /** Folder in the bucket. Default: its root. */
        prefix?: string;
        /**
         * Address of the storage API, for Private Service Connect. Default:
         * https://storage.googleapis.com.
         */
        apiEndpoint?: string;
        /** Project that is billed for buckets whose requesters pay. */
        userProject?: string;
      };
    };
  };
}
