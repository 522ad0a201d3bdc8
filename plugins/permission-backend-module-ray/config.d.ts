export interface Config {
  permission?: {
    /**
     * Who has which role: references of groups or users, for example
     * `group:default/ml-engineers`. Of several roles, a user has the most powerful.
     * Who has none may do nothing.
     */
    roles?: {
      /** See everything but secrets; change nothing. */
      viewer?: string[];
      /** Also run jobs, and change their own. */
      engineer?: string[];
      /** Everything. */
      admin?: string[];
    };
    /**
     * Groups whose engineers share a namespace: there they may change each other's
     * jobs. If this lists any namespace, engineers start jobs only in those of their
     * groups; otherwise in all that the portal watches.
     */
    namespaces?: { [namespace: string]: string[] };
  };
}
