import { Scalar, type ScalarTag, type Tags } from 'yaml';
import {
  mapTag,
  seqTag,
  stringifyNumber,
  stringifyString,
  stringTag,
  toJS,
} from 'yaml/util';

/*
 * What a word of YAML means to Kubernetes. Its tools read neither YAML 1.1 nor
 * 1.2: `yes` is true and `012` is 10, but `1:30` and dates are text.
 *
 * Source: sigs.k8s.io/yaml 1.6 and the go.yaml.in/yaml/v2 below it.
 */

const bool: ScalarTag = {
  tag: 'tag:yaml.org,2002:bool',
  default: true,
  identify: value => typeof value === 'boolean',
  test: /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON|n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/,
  resolve: word => /^(?:y|t|on)/i.test(word),
  stringify: ({ value }) => String(value),
};

function readInteger(word: string): number {
  const [, sign, digits] = /^([-+]?)(.*)$/.exec(word.replace(/_/g, '')) ?? [];
  const octal = /^0[0-7]+$/.test(digits);
  const value = octal ? parseInt(digits, 8) : Number(digits);
  return sign === '-' ? -value : value;
}

const integer: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  identify: value => Number.isInteger(value),
  test: /^[-+]?(?:0[bB][01_]+|0[oO][0-7_]+|0[xX][\da-fA-F_]+|\d[\d_]*)$/,
  resolve: readInteger,
  stringify: stringifyNumber,
};

const float: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  identify: value => typeof value === 'number',
  test: /^[-+]?(?:\.\d[\d_]*|\d[\d_]*(?:\.[\d_]*)?)(?:[eE][-+]?\d+)?$/,
  resolve: word => Number(word.replace(/_/g, '')),
  stringify: stringifyNumber,
};

const notANumber: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
  resolve: () => NaN,
};

const binary: ScalarTag = {
  tag: 'tag:yaml.org,2002:binary',
  default: false,
  resolve(text, onError) {
    try {
      const bytes = atob(text.replace(/\s+/g, ''));
      return new TextDecoder().decode(
        Uint8Array.from(bytes, byte => byte.charCodeAt(0)),
      );
    } catch {
      onError('!!binary has to be followed by base64');
      return text;
    }
  },
};

/** `<<`: what it brings replaces keys above it, and is replaced by keys below. */
const merge: ScalarTag = {
  tag: 'tag:yaml.org,2002:merge',
  default: 'key',
  test: /^<<$/,
  resolve() {
    const key = new Scalar(Symbol('<<'));
    key.addToJSMap = (ctx, map, value) => {
      const merged: unknown = toJS(value, '', ctx);
      // Of several, the first has the last word.
      const sources: unknown[] = Array.isArray(merged)
        ? [...merged].reverse()
        : [merged];
      for (const source of sources) {
        if (
          typeof source !== 'object' ||
          source === null ||
          Array.isArray(source)
        ) {
          throw new Error('<< takes a mapping, or a list of mappings');
        }
        for (const [name, each] of Object.entries(source)) {
          Object.defineProperty(map, name, {
            value: each,
            writable: true,
            enumerable: true,
            configurable: true,
          });
        }
      }
    };
    return key;
  },
};

// Kubernetes takes the first ones for a fault, and the others for line breaks.
const UNREADABLE = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;
const LONE_SURROGATE = /\p{Surrogate}/gu;
/**
 * Fine by the specification, but some readers refuse it unless it is in quotes. Of a
 * line that is one blank, `yaml` 2.9 makes a backslash where it breaks quoted text.
 */
const DISPUTED = /^=$|\t|^\s*\n|\n \n/;

function quoted(value: string): string {
  return JSON.stringify(value).replace(
    new RegExp(UNREADABLE, 'g'),
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const text: ScalarTag = {
  ...stringTag,
  stringify(item, ctx, onComment, onChompKeep) {
    const value = String(item.value).replace(LONE_SURROGATE, '\ufffd');
    return UNREADABLE.test(value) || DISPUTED.test(value)
      ? quoted(value)
      : stringifyString(
          Object.assign(new Scalar(value), { type: item.type }),
          { ...ctx, actualString: true },
          onComment,
          onChompKeep,
        );
  },
};

const tags: Tags = [
  mapTag,
  seqTag,
  text,
  'null',
  bool,
  integer,
  float,
  notANumber,
  binary,
  merge,
];

/** Options of the `yaml` library that make it read and write as Kubernetes does. */
export const KUBERNETES_YAML = {
  schema: 'kubernetes',
  customTags: tags,
  resolveKnownTags: false,
};
