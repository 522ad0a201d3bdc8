import { asString, getPath } from '../model/json';
import { KubeObject } from '../model/KubeObject';
import { Cell, Column } from '../model/ResourceType';
import { age } from './age';

/** The builders of columns. */

export const NAME: Column = {
  name: 'Name',
  type: 'string',
  format: 'name',
  value: object => object.metadata.name,
};

export const AGE: Column = {
  name: 'Age',
  type: 'string',
  value: (object, now) => age(object.metadata.creationTimestamp, now),
};

/** What every resource without columns of its own has. */
export const PLAIN_COLUMNS: readonly Column[] = [
  NAME,
  {
    name: 'Age',
    type: 'date',
    value: (object, now) => age(object.metadata.creationTimestamp, now),
  },
];

export function column(
  name: string,
  value: (object: KubeObject, now: number) => Cell,
  more: Partial<Column> = {},
): Column {
  return { name, type: 'string', value, ...more };
}

/** Text at a path, as additionalPrinterColumns of a CRD have it: empty where there is none. */
export function textAt(path: string, fallback = '') {
  return (object: KubeObject): Cell => {
    const value = getPath(object, path);
    return value === undefined || value === null || value === ''
      ? fallback
      : (asString(value) ??
          (typeof value === 'number' ? value : String(value)));
  };
}

export function numberAt(path: string) {
  return (object: KubeObject): Cell => {
    const value = getPath(object, path);
    return typeof value === 'number' ? value : 0;
  };
}

export const wide = { priority: 1 } as const;
