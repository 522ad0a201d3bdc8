import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** Value of `ray.logs.archive.type` for this archive. */
export const GCS_TYPE = 'googleCloudStorage';

export interface GcsConfig {
  readonly bucket: string;
  /** Empty, or ends with a slash. */
  readonly prefix: string;
  readonly apiEndpoint?: string;
  readonly userProject?: string;
}

/** https://cloud.google.com/storage/docs/buckets#naming */
const BUCKET = /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/;

/**
 * Reads `ray.logs.archive`; `undefined` when another archive is chosen.
 * @throws {InputError} for a name that no bucket can have, or a wrong address
 */
export function readGcsConfig(config: Config): GcsConfig | undefined {
  const section = config.getOptionalConfig('ray.logs.archive');
  if (section?.getString('type') !== GCS_TYPE) {
    return undefined;
  }
  const bucket = section.getString('bucket');
  if (!BUCKET.test(bucket)) {
    throw new InputError(
      `ray.logs.archive.bucket: '${bucket}' is no name of a bucket; write it without gs:// and put folders into prefix`,
    );
  }
  const apiEndpoint = section.getOptionalString('apiEndpoint');
  if (apiEndpoint && !/^https?:\/\/[^/]+\/?$/.test(apiEndpoint)) {
    throw new InputError(
      `ray.logs.archive.apiEndpoint: '${apiEndpoint}' is no address like https://storage-xyz.p.googleapis.com`,
    );
  }
  const folder = (section.getOptionalString('prefix') ?? '').replace(
    /^\/+|\/+$/g,
    '',
  );
  return {
    bucket,
    prefix: folder && `${folder}/`,
    apiEndpoint: apiEndpoint?.replace(/\/$/, ''),
    userProject: section.getOptionalString('userProject'),
  };
}
