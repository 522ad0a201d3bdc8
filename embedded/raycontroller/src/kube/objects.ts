import type * as kube from '@ml-platform/embedded-controller-runtime';

/*
 * The objects of the controller, all of which are in a namespace, and those
 * that it has not created yet.
 */

type Namespaced<T extends kube.KubeObject> = T & {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly namespace: string };
};

/** An object that is still to be created. */
type New<T extends { readonly spec: unknown }> = NewObject & Pick<T, 'spec'>;

export interface NewObject extends kube.NewObject {
  readonly metadata: Partial<kube.ObjectMeta> & { readonly namespace: string };
}

export type KubeObject = Namespaced<kube.KubeObject>;
export type ObjectMeta = KubeObject['metadata'];
export type NewMeta = NewObject['metadata'];
export type ServiceSpec = NonNullable<kube.Service['spec']>;

export type Pod = Namespaced<kube.Pod>;
export type Job = Namespaced<kube.Job>;
export type Service = KubeObject & { readonly spec: ServiceSpec };

export type NewPod = New<Pod>;
export type NewJob = New<Job>;
export type NewService = New<Service>;
