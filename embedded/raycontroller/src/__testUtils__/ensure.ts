import { ConflictError } from '@backstage/errors';
import type { KubeClient } from '@ml-platform/kube';

/** Makes an object in the collection, if there is none of that name. */
export async function ensure(
  client: KubeClient,
  path: string,
  body: object,
): Promise<void> {
  try {
    await client.text({ method: 'POST', path, body });
  } catch (error) {
    if (!(error instanceof ConflictError)) {
      throw error;
    }
  }
}
