import { KubeObject } from '../model/KubeObject';
import { Column, ResourceType } from '../model/ResourceType';
import { columnsOf } from './columnsOf';

/** What each row carries besides its cells. */
export type IncludeObject = 'None' | 'Metadata' | 'Object';

/** metadata alone, as a PartialObjectMetadata. */
export function partialMetadata(object: KubeObject): object {
  return {
    kind: 'PartialObjectMetadata',
    apiVersion: 'meta.k8s.io/v1',
    metadata: object.metadata,
  };
}

/**
 * Objects as a meta.k8s.io/v1 Table.
 */
export function tableOf(
  type: ResourceType,
  objects: readonly KubeObject[],
  options: {
    readonly metadata: object;
    readonly include: IncludeObject;
    readonly now: number;
  },
): object {
  const columns = columnsOf(type);
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: options.metadata,
    columnDefinitions: columns.map(definition),
    rows: objects.map(object => ({
      cells: columns.map(column => column.value(object, options.now)),
      ...rowObject(object, options),
    })),
  };
}

function rowObject(
  object: KubeObject,
  options: {
    readonly include: IncludeObject;
  },
): object {
  switch (options.include) {
    case 'None':
      return {};
    case 'Object':
      return { object: object };
    default:
      return { object: partialMetadata(object) };
  }
}

function definition(column: Column): object {
  return {
    name: column.name,
    type: column.type,
    format: column.format ?? '',
    description: column.description ?? '',
    priority: column.priority ?? 0,
  };
}
