import { Schema } from '../schemas/Schema';
import { JsonObject } from './json';
import { KubeObject } from './KubeObject';

/** One column of `kubectl get`. */
export interface Column {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'date' | 'boolean' | 'number';
  readonly format?: 'name';
  /** Columns above 0 appear with `-o wide` alone. */
  readonly priority?: number;
  readonly description?: string;
  readonly value: (object: KubeObject, now: number) => Cell;
}

export type Cell = string | number | boolean | null;

/** One kind in one version of one group. */
export interface ResourceType {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly namespaced: boolean;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  /** Where objects are kept; two versions of one kind share it. */
  readonly storage: string;
  /** `/status` exists, and the main resource ignores the status. */
  readonly statusSubresource: boolean;
  /** Further subresources, for discovery and routing. */
  readonly subresources: readonly Subresource[];
  /** Whether `metadata.generation` counts changes of what is wanted. */
  readonly generation: boolean;
  /** Whether DELETE answers with the object and not a Status. */
  readonly deleteReturnsObject: boolean;
  /** A custom resource: schema is enforced, no strategic merge patch. */
  readonly custom: boolean;
  readonly verbs: readonly string[];
  readonly schema?: Schema;
  /** Fields besides metadata.name and metadata.namespace that fieldSelector takes. */
  readonly selectableFields: Readonly<
    Record<string, (object: JsonObject) => string>
  >;
}

export interface Subresource {
  readonly name: string;
  readonly kind: string;
  readonly group?: string;
  readonly version?: string;
  readonly verbs: readonly string[];
}

export function apiVersionOf(type: {
  readonly group: string;
  readonly version: string;
}): string {
  return type.group ? `${type.group}/${type.version}` : type.version;
}

const ALL_VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];

type Given = Pick<ResourceType, 'group' | 'version' | 'kind' | 'plural'> &
  Partial<ResourceType>;

/** Fills in what most resources have in common. */
export function resourceType(given: Given): ResourceType {
  return {
    singular: given.kind.toLocaleLowerCase('en-US'),
    namespaced: true,
    shortNames: [],
    categories: [],
    storage: given.group ? `${given.group}/${given.plural}` : given.plural,
    statusSubresource: false,
    subresources: [],
    generation: false,
    deleteReturnsObject: false,
    custom: false,
    verbs: ALL_VERBS,
    selectableFields: {},
    ...given,
  };
}
