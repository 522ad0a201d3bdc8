import { asObject, ensureObject } from '../model/json';
import { isPathSegment } from './names';
import { Strategy } from './Strategy';

/** Secrets: text is kept as base64, and every secret has a type. */
export const secretStrategy: Strategy = {
  defaults: object => {
    object.type ??= 'Opaque';
    const texts = asObject(object.stringData);
    if (texts) {
      const data = ensureObject(object, 'data');
      for (const [key, text] of Object.entries(texts)) {
        data[key] = Buffer.from(String(text)).toString('base64');
      }
      delete object.stringData;
    }
  },
};

export const rbacStrategy: Strategy = { nameCheck: isPathSegment };
