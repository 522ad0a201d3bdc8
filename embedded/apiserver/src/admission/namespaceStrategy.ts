import { ensureObject } from '../model/json';
import { isDns1123Label } from './names';
import { Strategy } from './Strategy';

/** Namespaces: the label with their own name, and the finalizer that empties them. */
export const namespaceStrategy: Strategy = {
  nameCheck: isDns1123Label,
  defaults: object => {
    object.metadata.labels = {
      ...object.metadata.labels,
      'kubernetes.io/metadata.name': object.metadata.name,
    };
  },
  prepareCreate: object => {
    object.spec = { finalizers: ['kubernetes'] };
    object.status = { phase: 'Active' };
  },
  prepareUpdate: (object, current) => {
    ensureObject(object, 'spec').finalizers = structuredClone(
      ensureObject({ ...current }, 'spec').finalizers,
    );
  },
};
