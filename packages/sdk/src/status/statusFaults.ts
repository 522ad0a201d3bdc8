import type {
  ApplicationStatus,
  ClusterStatus,
  NodesStatus,
  PlatformStatus,
  Probe,
} from '../platform/platformStatus';

/** What is wrong with a part of the platform, in a sentence with what to do. */
export interface StatusFault {
  /** The part, for example `cluster workload-cluster`. */
  readonly part: string;
  readonly message: string;
}

/** Why a probe failed; `undefined` where it didn't, or the caller may not know. */
function cause(answer: Probe<object> | undefined): string | undefined {
  return answer && !answer.ok && !answer.refused ? answer.error : undefined;
}

const withoutEnd = (sentence: string) => sentence.replace(/[.\s]+$/, '');

function nodesFault({ total, ready }: NodesStatus): string | undefined {
  if (ready === total) {
    return undefined;
  }
  const count = total - ready;
  return `${count} of ${total} nodes ${count === 1 ? "isn't" : "aren't"} ready; see why with 'kubectl get nodes'`;
}

function* clusterFaults(cluster: ClusterStatus): Generator<string> {
  const { server, kuberay, nodes } = cluster;
  if (!server.ok) {
    yield `Couldn't reach the cluster: ${withoutEnd(server.error)}; check the address and your credentials with 'ml-platform doctor'`;
    return;
  }
  const operator = cause(kuberay);
  if (operator) {
    yield `Jobs don't start: ${operator}`;
  }
  const nodesProblem = nodes?.ok ? nodesFault(nodes) : undefined;
  if (nodesProblem) {
    yield nodesProblem;
  }
  const lists = [
    ['nodes', cause(nodes)],
    // Without KubeRay these fail for the reason that was just said.
    ['Ray clusters', operator ? undefined : cause(cluster.rayClusters)],
    ['jobs', operator ? undefined : cause(cluster.jobs)],
    ['queues', cause(cluster.queues)],
  ] as const;
  for (const [what, error] of lists) {
    if (error) {
      yield `Couldn't list the ${what}: ${withoutEnd(error)}; try again, and check the cluster if it stays so`;
    }
  }
}

/** Whether an application is as git wants it and works, or on the way there. */
export function isApplicationWell({
  sync,
  health,
}: ApplicationStatus): boolean {
  return (
    sync === 'Synced' &&
    ['Healthy', 'Progressing', 'Suspended'].includes(health)
  );
}

function applicationFault(application: ApplicationStatus): string {
  const { name, sync, health, message } = application;
  const why = message ? ` (${withoutEnd(message)})` : '';
  return sync === 'Synced'
    ? `It is ${health}${why}; see which of its objects fail in Argo CD, with 'argocd app get ${name}'`
    : `It is ${sync} and ${health}${why}; see what differs with 'argocd app diff ${name}', then sync it`;
}

/** All that is wrong, the clusters first; none for a platform that works. */
export function statusFaults(status: PlatformStatus): readonly StatusFault[] {
  const { clusters, argocd, portal } = status;
  const faults: StatusFault[] = clusters.flatMap(cluster =>
    [...clusterFaults(cluster)].map(message => ({
      part: `cluster ${cluster.name}`,
      message,
    })),
  );
  const argocdCause = cause(argocd);
  if (argocdCause) {
    faults.push({
      part: 'Argo CD',
      message: `Couldn't list its applications: ${withoutEnd(argocdCause)}; check contexts.management of your settings`,
    });
  }
  const applications = argocd?.ok ? argocd.items : [];
  for (const application of applications.filter(
    each => !isApplicationWell(each),
  )) {
    faults.push({
      part: `application ${application.name}`,
      message: applicationFault(application),
    });
  }
  const portalCause = cause(portal);
  if (portalCause) {
    faults.push({
      part: 'portal',
      message: `${withoutEnd(portalCause)}; check that it runs, and the setting portal`,
    });
  }
  return faults;
}
