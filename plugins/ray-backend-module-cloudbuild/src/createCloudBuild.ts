import { CloudBuildClient } from '@google-cloud/cloudbuild';
import { Storage } from '@google-cloud/storage';
import type { RayImageBuildersService } from '@ml-platform/backstage-plugin-ray-node';
import { InputError } from '@backstage/errors';
import { BuildBucket } from './BuildBucket';
import { CloudBuildBuilder } from './CloudBuildBuilder';
import type { CloudBuildConfig } from './readCloudBuildConfig';

/**
 * Cloud Build with the application-default credentials of the backend.
 * @throws {InputError} when no registry is configured
 */
export function createCloudBuild(
  config: CloudBuildConfig,
  builders: Pick<
    RayImageBuildersService,
    'images' | 'registry' | 'timeoutSeconds'
  >,
): CloudBuildBuilder {
  const { images, registry, timeoutSeconds } = builders;
  if (!registry) {
    throw new InputError(
      'The registry that images are pushed to is missing; set ray.builder.registry',
    );
  }
  const { apiEndpoint, project, bucket } = config;
  return new CloudBuildBuilder({
    client: new CloudBuildClient({ projectId: project, apiEndpoint }),
    bucket: new BuildBucket(new Storage({ projectId: project }).bucket(bucket)),
    config,
    registry,
    images,
    timeoutSeconds,
  });
}
