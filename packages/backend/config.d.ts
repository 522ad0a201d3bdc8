/** What Backstage reads, and its own schemas leave out. */
export interface Config {
  backend?: {
    database?: {
      /** With options of the driver, for example the user and the database. */
      connection?: string | { [option: string]: unknown };
    };
  };
  kubernetes?: {
    clusterLocatorMethods?: Array<
      | {
          type: 'gke';
          /** Labels that a cluster has to have, all of them. */
          matchingResourceLabels?: Array<{ key: string; value: string }>;
          /** Links the clusters in Google's console. */
          exposeDashboard?: boolean;
          [option: string]: unknown;
        }
      | {
          type: 'config' | 'catalog' | 'localKubectlProxy';
          [option: string]: unknown;
        }
    >;
  };
}
