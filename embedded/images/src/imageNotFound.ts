import { NotFoundError } from '@backstage/errors';
import { ImageReference, isEmbeddedRegistry } from './imageReference';

/**
 * The error for an image that doesn't exist here, worded as containerd words it,
 * with the reason where it is this platform's own.
 */
export function imageNotFound(
  { full, registry, repository }: ImageReference,
  reason?: string,
): NotFoundError {
  const why =
    reason ??
    (isEmbeddedRegistry(registry)
      ? `no such version of ${repository} was built here: create a training job in the portal, which builds it`
      : 'the embedded node makes rayproject/ray:<release>, rayproject/ray-ml:<release>, python:3.x and quay.io/kuberay/submitter, and runs what the platform built; for any other image use a real cluster');
  return new NotFoundError(
    `failed to resolve reference "${full}": ${full}: not found (${why})`,
  );
}
