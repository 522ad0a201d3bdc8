import { createScaffolderFieldExtension } from '@backstage/plugin-scaffolder-react';
import * as fields from '../scaffolder/fields';
import { rayPlugin } from './plugin';

/** `ui:field: RayWorkload`: a reference to a workload's entity. */
export const RayWorkloadFieldExtension = rayPlugin.provide(
  createScaffolderFieldExtension(fields.workload),
);

/** `ui:field: RayVersion`: a version of the form's workload, or a new one. */
export const RayVersionFieldExtension = rayPlugin.provide(
  createScaffolderFieldExtension(fields.version),
);

/** `ui:field: RayEnvironment`: a list of `{name, value}`. */
export const RayEnvironmentFieldExtension = rayPlugin.provide(
  createScaffolderFieldExtension(fields.environment),
);

/** `ui:field: RayQuantity` with `ui:options: {kind: cpu | memory}`: a quantity. */
export const RayQuantityFieldExtension = rayPlugin.provide(
  createScaffolderFieldExtension(fields.quantity),
);

/** `ui:field: RayStorage`: the object's own fields, where the portal offers storage. */
export const RayStorageFieldExtension = rayPlugin.provide(
  createScaffolderFieldExtension(fields.storage),
);

/** `ui:field: RayParameters`: values of the parameters of the chosen workload. */
export const RayParametersFieldExtension = rayPlugin.provide(
  createScaffolderFieldExtension(fields.parameters),
);

/** `ui:field: RayCluster`: name of a cluster. */
export const RayClusterFieldExtension = rayPlugin.provide(
  createScaffolderFieldExtension(fields.cluster),
);

/** `ui:field: RayNamespace`: a namespace of the cluster. */
export const RayNamespaceFieldExtension = rayPlugin.provide(
  createScaffolderFieldExtension(fields.namespace),
);

/** `ui:field: RaySize`: name of a size, or `custom`. */
export const RaySizeFieldExtension = rayPlugin.provide(
  createScaffolderFieldExtension(fields.size),
);

/** `ui:field: RayGpuType`: name of a kind of GPU. */
export const RayGpuTypeFieldExtension = rayPlugin.provide(
  createScaffolderFieldExtension(fields.gpuType),
);

/** `ui:field: RayPreview`: shows the job, and refuses what the backend refuses. */
export const RayPreviewFieldExtension = rayPlugin.provide(
  createScaffolderFieldExtension(fields.preview),
);
