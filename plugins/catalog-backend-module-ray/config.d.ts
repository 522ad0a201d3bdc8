export interface Config {
  ray?: {
    /** How the clusters appear in the catalog. */
    catalog?: {
      /** Owner of the clusters. Default: group:default/ml-platform. */
      owner?: string;
      /** System of the clusters. Default: ml-platform. */
      system?: string;
    };
  };
}
