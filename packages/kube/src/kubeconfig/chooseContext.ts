import { InputError } from '@backstage/errors';
import type { ClusterEntry, UserEntry } from '../credentials/entries';
import type { ContextEntry, Kubeconfig } from './Kubeconfig';

/** A context with what it names. */
export interface ChosenContext {
  readonly name: string;
  readonly context: ContextEntry;
  readonly cluster: ClusterEntry;
  readonly user: UserEntry;
}

/**
 * A context of a kubeconfig with its cluster and its user.
 *
 * @param files - paths, for messages
 * @param wanted - the kubeconfig's current context where absent
 * @throws {InputError} when there is no such context, or it names what isn't there
 */
export function chooseContext(
  config: Kubeconfig,
  files: string,
  wanted: string | undefined,
): ChosenContext {
  if (config.contexts.size === 0) {
    throw new InputError(
      `${files} has no contexts; add one, for example with 'gcloud container clusters get-credentials'`,
    );
  }
  const name = wanted ?? config.currentContext;
  const choice = `choose one of: ${[...config.contexts.keys()].sort().join(', ')}`;
  if (name === undefined) {
    throw new InputError(`${files} has no current context; ${choice}`);
  }
  const context = config.contexts.get(name);
  if (!context) {
    throw new InputError(`${files} has no context ${name}; ${choice}`);
  }
  const cluster = config.clusters.get(context.cluster);
  if (!cluster) {
    throw new InputError(
      `The context ${name} of ${context.file} names the cluster '${context.cluster}', which isn't in ${files}; correct the context`,
    );
  }
  if (!/^https?:\/\/./.test(cluster.server) || !URL.canParse(cluster.server)) {
    throw new InputError(
      `The cluster ${cluster.name} of ${files} has no address; set its server, for example https://203.0.113.1`,
    );
  }
  const user = context.user === undefined ? {} : config.users.get(context.user);
  if (!user) {
    throw new InputError(
      `The context ${name} of ${context.file} names the user '${context.user}', who isn't in ${files}; correct the context`,
    );
  }
  return { name, context, cluster, user };
}
