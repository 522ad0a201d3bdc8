import { CustomErrorBase } from '@backstage/errors';

/** A volume can't be provided: what Kubernetes tells as `FailedMount`. */
export class VolumeError extends CustomErrorBase {
  name = 'VolumeError' as const;
}
