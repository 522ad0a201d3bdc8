import { JsonValue } from '../model/json';

/**
 * A structural schema: the part of OpenAPI v3 with Kubernetes' extensions that
 * validation, defaulting, pruning, patches, server-side apply and
 * `kubectl explain` need. A field that an object schema does not declare is
 * kept only where {@link Schema.'x-kubernetes-preserve-unknown-fields'} says so.
 */
export interface Schema {
  readonly type?:
    'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  readonly description?: string;
  readonly format?: string;
  readonly nullable?: true;
  readonly enum?: readonly string[];
  readonly default?: JsonValue;
  readonly minimum?: number;
  readonly minItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly 'x-kubernetes-preserve-unknown-fields'?: true;
  readonly 'x-kubernetes-int-or-string'?: true;
  readonly 'x-kubernetes-list-type'?: 'atomic' | 'set' | 'map';
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-map-type'?: 'atomic' | 'granular';
  /** Of a list: how a strategic merge patch joins its items. */
  readonly 'x-kubernetes-patch-merge-key'?: string;
  readonly 'x-kubernetes-patch-strategy'?: 'merge' | 'replace';
  /** Rules that the schema language itself cannot say. */
  readonly 'x-kubernetes-validations'?: readonly SchemaRule[];
}

/** A rule that Kubernetes writes in CEL, as a function. */
export interface SchemaRule {
  /** The CEL text, for the published schema and for the comparison in tests. */
  readonly rule: string;
  readonly message: string;
  /** `previous` is undefined on create. Rules about it run on update alone. */
  readonly holds: (
    value: JsonValue,
    previous: JsonValue | undefined,
  ) => boolean;
  /** The rule compares with the stored value (CEL's oldSelf). */
  readonly transition?: true;
}
