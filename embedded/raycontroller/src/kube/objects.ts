import type * as jobs from '@ml-platform/embedded-controller-runtime';
import type * as kube from '@ml-platform/embedded-controller-runtime';
import type * as pods from '@ml-platform/embedded-controller-runtime';

/*
 * The objects of the controller, all of which are in a namespace, and those
 * that it has not created yet.
 */

/** Metadata of an object that the API server holds. */
export interface ObjectMeta extends kube.ObjectMeta {
  readonly namespace: string;
}

/** Metadata of an object that is still to be created. */
export interface NewMeta {
  readonly name?: string;
  readonly generateName?: string;
  readonly namespace: string;
  readonly labels?: kube.Labels;
  readonly annotations?: kube.Labels;
  readonly ownerReferences?: readonly kube.OwnerReference[];
}

export interface NewObject extends kube.NewObject {
  readonly metadata: NewMeta;
}

export interface KubeObject extends kube.KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

export interface NewPod extends NewObject {
  readonly spec: pods.PodSpec;
}

export interface Pod extends KubeObject {
  readonly spec: pods.PodSpec;
  readonly status?: pods.PodStatus;
}

export interface ServiceSpec extends NonNullable<kube.Service['spec']> {}

export interface NewService extends NewObject {
  readonly spec: ServiceSpec;
}

export interface Service extends KubeObject {
  readonly spec: ServiceSpec;
}

export interface NewJob extends NewObject {
  readonly spec: jobs.JobSpec;
}

export interface Job extends KubeObject {
  readonly spec: jobs.JobSpec;
  readonly status?: jobs.JobStatus;
}
