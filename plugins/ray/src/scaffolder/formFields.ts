import {
  createFormField,
  FormFieldBlueprint,
  type FormFieldExtensionData,
} from '@backstage/plugin-scaffolder-react/alpha';

type Fields = typeof import('./fields');

function formField<Name extends string>(
  name: Name,
  choose: (fields: Fields) => FormFieldExtensionData,
) {
  return FormFieldBlueprint.make({
    name,
    params: {
      field: async () => createFormField(choose(await import('./fields'))),
    },
  });
}

export const workloadField = formField(
  'ray-workload',
  fields => fields.workload,
);
export const versionField = formField('ray-version', fields => fields.version);
export const environmentField = formField(
  'ray-environment',
  fields => fields.environment,
);
export const quantityField = formField(
  'ray-quantity',
  fields => fields.quantity,
);
export const storageField = formField('ray-storage', fields => fields.storage);
export const parametersField = formField(
  'ray-parameters',
  fields => fields.parameters,
);
export const clusterField = formField('ray-cluster', fields => fields.cluster);
export const namespaceField = formField(
  'ray-namespace',
  fields => fields.namespace,
);
export const sizeField = formField('ray-size', fields => fields.size);
export const gpuTypeField = formField('ray-gpu-type', fields => fields.gpuType);
export const previewField = formField('ray-preview', fields => fields.preview);
