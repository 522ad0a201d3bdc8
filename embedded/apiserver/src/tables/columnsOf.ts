import { Column, ResourceType } from '../model/ResourceType';
import { PLAIN_COLUMNS } from './columns';
import { CORE_COLUMNS } from './coreColumns';
import { CUSTOM_COLUMNS } from './customColumns';
import { POD_COLUMNS } from './podColumns';
import { WORKLOAD_COLUMNS } from './workloadColumns';

const COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  ...CORE_COLUMNS,
  ...WORKLOAD_COLUMNS,
  ...CUSTOM_COLUMNS,
  pods: POD_COLUMNS,
};

/** What `kubectl get` shows of a type. */
export function columnsOf(type: ResourceType): readonly Column[] {
  return COLUMNS[type.storage] ?? PLAIN_COLUMNS;
}
