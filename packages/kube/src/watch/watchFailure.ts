import { NotFoundError } from '@backstage/errors';

/** Why a collection can't be watched, as a sentence. */
export function watchFailure(error: unknown, path: string): string {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof NotFoundError
    ? `The API server does not serve ${path} (${message}); install its CustomResourceDefinition, which for Ray comes with the KubeRay operator`
    : message;
}
