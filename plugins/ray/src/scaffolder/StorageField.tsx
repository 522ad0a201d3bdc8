import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { useStorageProject } from '../storage/useStorageProject';

/** Shows the fields of its object as they are, and nothing where the portal offers no storage. */
export const StorageField = (props: FieldExtensionComponentProps<object>) => {
  const { ObjectField } = props.registry.fields;
  return useStorageProject() === undefined ? null : <ObjectField {...props} />;
};
