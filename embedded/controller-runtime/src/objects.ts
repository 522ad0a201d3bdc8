import type * as core from 'kubernetes-models/v1';
import type { IEndpointSlice } from 'kubernetes-models/discovery.k8s.io/v1';

/*
 * Kubernetes' own objects as they are on the wire (times are strings), with the
 * fields that the API server fills in.
 */

/** Nothing of it may be changed: objects are shared by who reads a cache. */
export type Wire<T> = T extends object
  ? { readonly [Key in keyof T]: Wire<T[Key]> }
  : T;

export type Labels = Readonly<Record<string, string>>;

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

/** Metadata of an object that the API server holds. */
export interface ObjectMeta {
  readonly name: string;
  readonly generateName?: string;
  /** Absent from cluster-wide objects. */
  readonly namespace?: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  /** Seconds. */
  readonly deletionGracePeriodSeconds?: number;
  readonly labels?: Labels;
  readonly annotations?: Labels;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly OwnerReference[];
}

export interface KubeObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: ObjectMeta;
}

/** An object that is still to be created. */
export interface NewObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Partial<ObjectMeta>;
}

/** A condition of any kind; the kinds differ in their time fields. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
  readonly lastProbeTime?: string | null;
  readonly observedGeneration?: number;
}

export type ConfigMap = KubeObject &
  Pick<Wire<core.IConfigMap>, 'data' | 'binaryData'>;
export type Secret = KubeObject & Pick<Wire<core.ISecret>, 'data'>;
export type ServicePort = Wire<core.IServicePort>;
export type Service = KubeObject & Pick<Wire<core.IService>, 'spec'>;
export type EndpointSlice = KubeObject &
  Pick<Wire<IEndpointSlice>, 'addressType' | 'endpoints' | 'ports'>;
export type EndpointPort = NonNullable<EndpointSlice['ports']>[number];
