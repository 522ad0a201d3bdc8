import type { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import {
  rayClusterReadPermission,
  rayClusterScalePermission,
  rayImageBuildPermission,
  rayImageReadPermission,
  rayJobCreatePermission,
  rayJobDeletePermission,
  rayJobReadPermission,
  rayJobSecretsReadPermission,
  rayJobStopPermission,
  rayJobSyncPermission,
  rayLogReadPermission,
  rayStorageReadPermission,
} from '@ml-platform/backstage-plugin-ray-common';
import {
  parseJobResource,
  rayJobResourceRef,
  rayJobRules,
} from '@ml-platform/backstage-plugin-ray-node';
import type { JobIndex } from '../jobs/JobIndex';
import { isRun } from '../jobs/jobRun';

/** Tells Backstage what may be allowed, and how conditions on jobs are decided. */
export function registerPermissions(options: {
  readonly permissionsRegistry: PermissionsRegistryService;
  readonly index: JobIndex;
}): void {
  const { permissionsRegistry, index } = options;
  permissionsRegistry.addResourceType({
    resourceRef: rayJobResourceRef,
    permissions: [
      rayJobReadPermission,
      rayJobCreatePermission,
      rayJobStopPermission,
      rayJobSyncPermission,
      rayJobDeletePermission,
      rayJobSecretsReadPermission,
      rayLogReadPermission,
    ],
    rules: Object.values(rayJobRules),
    getResources: async refs =>
      refs.map(ref => {
        const run = parseJobResource(ref);
        const job = index.get(run);
        // Another run may have the name by now; its row decides nothing about this one.
        return job && isRun(job.uid, run) ? job : undefined;
      }),
  });
  permissionsRegistry.addPermissions([
    rayClusterReadPermission,
    rayClusterScalePermission,
    rayStorageReadPermission,
    rayImageReadPermission,
    rayImageBuildPermission,
  ]);
}
