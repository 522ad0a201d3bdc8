import {
  InputError,
  isError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';

/**
 * What an error of Cloud Build's API means.
 *
 * Source: google.rpc.Code.
 */
export function cloudBuildError(error: unknown): Error {
  const code = isError(error) ? Number(error.code) : 0;
  const said = isError(error) ? error.message : String(error);
  switch (code) {
    case 3:
    case 9:
      return new InputError(`Cloud Build refuses the build: ${said}`);
    case 5:
      return new NotFoundError(said);
    case 7:
    case 16:
      return new NotAllowedError(
        `Cloud Build refuses the portal: ${said}. Give its identity roles/cloudbuild.builds.editor, and let it use the service account that builds`,
      );
    default:
      return new ServiceUnavailableError(
        `Cloud Build doesn't answer: ${said}`,
        toError(error),
      );
  }
}
