import type { ClusterEntry, UserEntry } from '../credentials/entries';

/** A context of a kubeconfig: a cluster, and who asks it. */
export interface ContextEntry {
  readonly cluster: string;
  readonly user?: string;
  readonly namespace?: string;
  /** Path of the file that has it. */
  readonly file: string;
}

/** What one or more kubeconfig files say, by names. */
export interface Kubeconfig {
  readonly clusters: ReadonlyMap<string, ClusterEntry>;
  readonly users: ReadonlyMap<string, UserEntry>;
  readonly contexts: ReadonlyMap<string, ContextEntry>;
  readonly currentContext?: string;
}

/**
 * Several files as one: the first to name something wins.
 *
 * Source: kubectl's documentation, "Merging kubeconfig files".
 */
export function mergeKubeconfigs(files: readonly Kubeconfig[]): Kubeconfig {
  const merged = <Entry>(
    map: (file: Kubeconfig) => ReadonlyMap<string, Entry>,
  ) => new Map([...files].reverse().flatMap(file => [...map(file)]));
  return {
    clusters: merged(file => file.clusters),
    users: merged(file => file.users),
    contexts: merged(file => file.contexts),
    currentContext: files.find(file => file.currentContext)?.currentContext,
  };
}
