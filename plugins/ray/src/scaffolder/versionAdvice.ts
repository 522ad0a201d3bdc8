/** What is said of a version in the form. */
export interface VersionAdvice {
  /** What has to change. */
  readonly problem?: string;
  /** What will happen. */
  readonly advice?: string;
}

/** What a version means, among those that there are. */
export function versionAdvice(options: {
  readonly version: string;
  /** True where an image is to be built, false where one is to be used as it is. */
  readonly builds: boolean;
  /** Undefined while they aren't known. */
  readonly versions:
    | {
        readonly items: readonly { readonly version: string }[];
        /** How many more there are. */
        readonly others?: number;
        readonly next: string;
      }
    | undefined;
  /** Why they aren't known. */
  readonly error?: string;
}): VersionAdvice {
  const { version, builds, versions, error } = options;
  if (!versions) {
    return error
      ? { advice: `Couldn't load the versions that exist: ${error}` }
      : {};
  }
  const exists = versions.items.some(each => each.version === version);
  if (builds) {
    return exists
      ? {
          advice: `${version} exists. It's used if the code is the same, and refused otherwise. The next free version is ${versions.next}`,
        }
      : {};
  }
  if (version && !exists && versions.others) {
    return {
      advice: `${version} isn't among the versions with the highest numbers. If it doesn't exist, the task fails`,
    };
  }
  if (version && !exists) {
    const [newest] = versions.items;
    return {
      problem: newest
        ? `${version} doesn't exist. Choose one from the list, for example ${newest.version}`
        : "No version exists yet. Choose 'Build the newest code' above",
    };
  }
  return exists ? { advice: 'The job uses this version as it is' } : {};
}
