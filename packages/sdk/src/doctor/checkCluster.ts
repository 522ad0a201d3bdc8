import { isError } from '@backstage/errors';
import { KubeClient, type KubeContext } from '@ml-platform/kube';
import type { Check } from './doctorTypes';

/** A cluster that answers, or only what was found out about it. */
export interface ClusterCheck {
  readonly checks: readonly Check[];
  /** Absent where the cluster doesn't answer; who asks closes it. */
  readonly client?: KubeClient;
  readonly context?: KubeContext;
}

const text = (error: unknown) =>
  isError(error) ? error.message : String(error);

/** What to do about a cluster that doesn't answer. */
function remedyOf(error: unknown): string {
  switch (isError(error) ? error.name : '') {
    case 'AuthenticationError':
      return 'Sign in again, for example with gcloud auth login, and get new credentials';
    case 'NotAllowedError':
      return 'Ask whoever runs the cluster for access';
    default:
      return 'Check that the cluster runs, that its address is right, and that a VPN or proxy leads there';
  }
}

/**
 * Whether there is a kubecontext, and its cluster answers.
 * @param role - of the cluster, for people: `workload` or `management`
 */
export async function checkCluster(
  role: string,
  find: () => Promise<KubeContext>,
  signal: AbortSignal,
): Promise<ClusterCheck> {
  let context: KubeContext;
  try {
    context = await find();
  } catch (error) {
    return {
      checks: [
        {
          part: `${role} context`,
          result: 'fail',
          detail: text(error),
          remedy: `Name a kubecontext with --context, or as contexts.${role} with 'ml-platform init'`,
        },
      ],
    };
  }
  const { name, source, access } = context;
  const found: Check = {
    part: `${role} context`,
    result: 'ok',
    detail: `${name} of ${source}`,
  };
  const client = new KubeClient({ access });
  try {
    const { gitVersion } = await client.json<{ readonly gitVersion: string }>({
      path: '/version',
      signal,
    });
    const reached: Check = {
      part: `${role} cluster`,
      result: 'ok',
      detail: `Kubernetes ${gitVersion}`,
    };
    return { checks: [found, reached], client, context };
  } catch (error) {
    client.close();
    const failed: Check = {
      part: `${role} cluster`,
      result: 'fail',
      detail: text(error),
      remedy: remedyOf(error),
    };
    return { checks: [found, failed] };
  }
}
