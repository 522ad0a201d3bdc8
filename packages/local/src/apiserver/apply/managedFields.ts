import { KubeObject, ManagedFieldsEntry } from '../model/KubeObject';
import { ResourceType } from '../model/ResourceType';

/** Owners of fields after a write that is not an apply. */
export function ownedAfterUpdate(options: {
  readonly current: KubeObject | undefined;
  readonly next: KubeObject;
  readonly type: ResourceType;
  readonly manager: string;
  readonly subresource?: string;
  readonly now: number;
}): ManagedFieldsEntry[] {
  return options.current?.metadata.managedFields ?? [];
}
