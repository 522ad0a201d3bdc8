import { KubeObject } from '../model/KubeObject';
import { apiVersionOf, ResourceType } from '../model/ResourceType';
import { StoredObject } from '../store/StoredObject';
import { IncludeObject, partialMetadata, tableOf } from '../tables/table';
import { listText, ObjectPage } from '../verbs/listObjects';
import { Accepted } from './accept';

/** How objects of a type look in the form that a client asked for. */
export interface Representation {
  /** One object of a watch, as JSON text. */
  readonly encode: (stored: StoredObject) => string;
  /** A bookmark's object, as JSON text. */
  readonly bookmark: (metadata: object) => string;
  readonly object: (object: KubeObject) => unknown;
  /** A list, as JSON text. */
  readonly list: (page: ObjectPage) => string;
}

export function representation(
  type: ResourceType,
  accepted: Accepted,
  query: URLSearchParams,
  now: () => number,
): Representation {
  switch (accepted.as) {
    case 'Table':
      return tables(type, query.get('includeObject'), now);
    case 'PartialObjectMetadata':
    case 'PartialObjectMetadataList':
      return metadataOnly();
    default:
      return whole(type);
  }
}

function whole(type: ResourceType): Representation {
  return {
    encode: stored => stored.json,
    bookmark: metadata =>
      JSON.stringify({
        kind: type.kind,
        apiVersion: apiVersionOf(type),
        metadata,
      }),
    object: object => object,
    list: page => listText(type, page),
  };
}

function metadataOnly(): Representation {
  return {
    encode: stored => JSON.stringify(partialMetadata(stored.object)),
    bookmark: metadata =>
      JSON.stringify({
        kind: 'PartialObjectMetadata',
        apiVersion: 'meta.k8s.io/v1',
        metadata,
      }),
    object: partialMetadata,
    list: page =>
      JSON.stringify({
        kind: 'PartialObjectMetadataList',
        apiVersion: 'meta.k8s.io/v1',
        metadata: page.metadata,
        items: page.items.map(stored => partialMetadata(stored.object)),
      }),
  };
}

function tables(
  type: ResourceType,
  include: string | null,
  now: () => number,
): Representation {
  const table = (objects: readonly KubeObject[], metadata: object) =>
    tableOf(type, objects, {
      metadata,
      include: (include ?? 'Metadata') as IncludeObject,
      now: now(),
    });
  const one = (object: KubeObject) =>
    table([object], { resourceVersion: object.metadata.resourceVersion });
  return {
    encode: ({ object }) => JSON.stringify(one(object)),
    bookmark: metadata =>
      JSON.stringify({
        kind: 'Table',
        apiVersion: 'meta.k8s.io/v1',
        metadata: {},
        columnDefinitions: [],
        rows: [
          {
            cells: [],
            object: {
              kind: type.kind,
              apiVersion: apiVersionOf(type),
              metadata,
            },
          },
        ],
      }),
    object: one,
    list: page =>
      JSON.stringify(
        table(
          page.items.map(item => item.object),
          page.metadata,
        ),
      ),
  };
}
