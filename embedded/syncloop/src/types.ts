/** A Kubernetes object, of which we know only what every kind has. */
export interface KubeManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly [field: string]: unknown;
}

export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly generation?: number;
  readonly resourceVersion?: string;
  readonly deletionTimestamp?: string;
  readonly finalizers?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Names one object of one cluster. */
export interface ResourceKey {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Absent for a cluster-wide object. */
  readonly namespace?: string;
  readonly name: string;
}

/** Annotation that asks for a comparison now; its value is normal or hard. */
export const REFRESH = 'argocd.argoproj.io/refresh';
/** Annotation with options for one object, for example `Prune=false`. */
export const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';
/** Finalizer by which an Application takes its objects along when it is deleted. */
export const CASCADE = 'resources-finalizer.argocd.argoproj.io';
/** Owner of the fields that we apply, as Argo CD calls itself. */
export const FIELD_MANAGER = 'argocd-controller';

export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}

export function versionOf(apiVersion: string): string {
  return apiVersion.split('/').at(-1) ?? apiVersion;
}

export function keyOf(object: KubeManifest): ResourceKey {
  const { name, namespace } = object.metadata;
  return {
    group: groupOf(object.apiVersion),
    version: versionOf(object.apiVersion),
    kind: object.kind,
    namespace,
    name,
  };
}
