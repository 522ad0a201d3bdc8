import { Storage } from '@google-cloud/storage';
import { GcsArchive } from './GcsArchive';
import { limitRequests } from './limitRequests';
import type { GcsConfig } from './readGcsConfig';

/** Milliseconds that one request may take; an upload has one for each MiB. */
const TIMEOUT = 120_000;

/** Addresses that are Google's own, whoever they lead to. */
const GOOGLE = /^https:\/\/([a-z0-9-]+\.)*googleapis\.com$/;

/**
 * The archive in a bucket, with the application-default credentials. An address
 * that is not Google's, as of an emulator, is asked without any.
 */
export function createGcsArchive(config: GcsConfig): GcsArchive {
  const { apiEndpoint, userProject, bucket, prefix } = config;
  const storage = new Storage({
    apiEndpoint,
    useAuthWithCustomEndpoint:
      apiEndpoint !== undefined && GOOGLE.test(apiEndpoint),
  });
  limitRequests(storage, TIMEOUT);
  return new GcsArchive({
    bucket: storage.bucket(bucket, { userProject }),
    prefix,
  });
}
