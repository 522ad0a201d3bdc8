import { KubeObject } from '../model/KubeObject';
import { ResourceType } from '../model/ResourceType';
import { StoredObject } from '../store/StoredObject';
import { inVersion } from '../verbs/getObject';
import { listText, ObjectPage } from '../verbs/listObjects';
import { Accepted } from './accept';

/** How objects of a type look in the form that a client asked for. */
export interface Representation {
  /** One object of a watch, as JSON text. */
  readonly encode: (stored: StoredObject) => string;
  readonly object: (object: KubeObject) => unknown;
  /** A list, as JSON text. */
  readonly list: (page: ObjectPage) => string;
}

export function representation(
  type: ResourceType,
  _accepted: Accepted,
  _query: URLSearchParams,
  _now: () => number,
): Representation {
  return {
    encode: stored =>
      type.conversion
        ? JSON.stringify(inVersion(type, stored.object))
        : stored.json,
    object: object => object,
    list: page => listText(type, page),
  };
}
