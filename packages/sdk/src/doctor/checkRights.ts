import { isError, NotFoundError } from '@backstage/errors';
import type { KubeClient } from '@ml-platform/kube';
import { KUEUE_GROUP } from '@ml-platform/rayjob';
import type { Check } from './doctorTypes';
import { KUEUE_RIGHTS, RIGHTS, rightsCheck, type Right } from './rights';

const REVIEWS = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

/** Asks the cluster, which answers for whoever asks. */
async function isAllowed(
  client: KubeClient,
  namespace: string,
  right: Right,
  signal: AbortSignal,
): Promise<boolean> {
  const { status } = await client.json<{
    readonly status?: { readonly allowed?: boolean };
  }>({
    method: 'POST',
    path: REVIEWS,
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { ...right, namespace } },
    },
    signal,
  });
  return status?.allowed === true;
}

async function hasKueue(
  client: KubeClient,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await client.json({ path: `/apis/${KUEUE_GROUP}`, signal });
    return true;
  } catch (error) {
    if (error instanceof NotFoundError) {
      return false;
    }
    throw error;
  }
}

/** What the caller may do in a namespace. */
export async function checkRights(
  client: KubeClient,
  namespace: string,
  signal: AbortSignal,
): Promise<readonly Check[]> {
  try {
    const groups = (await hasKueue(client, signal))
      ? [...RIGHTS, KUEUE_RIGHTS]
      : RIGHTS;
    return await Promise.all(
      groups.map(async group => {
        const allowed = await Promise.all(
          group.rights.map(right =>
            isAllowed(client, namespace, right, signal),
          ),
        );
        const missing = group.rights.filter((_, i) => !allowed[i]);
        return rightsCheck(group, missing, namespace);
      }),
    );
  } catch (error) {
    return [
      {
        part: 'rights',
        result: 'warn',
        detail: `the cluster doesn't tell: ${isError(error) ? error.message : String(error)}`,
        remedy: "See what you may do with 'kubectl auth can-i --list'",
      },
    ];
  }
}
