import type * as core from 'kubernetes-models/v1';
import type { Condition, KubeObject, Labels, Wire } from './objects';

export type ConfigMapSource = Wire<core.IConfigMapVolumeSource>;
export type Container = Wire<core.IContainer>;
export type ContainerState = Wire<core.IContainerState>;
export type ContainerStatus = Wire<core.IContainerStatus>;
export type DownwardItem = Wire<core.IDownwardAPIVolumeFile>;
export type EnvFrom = Wire<core.IEnvFromSource>;
export type EnvVar = Wire<core.IEnvVar>;
export type HttpGetAction = Wire<core.IHTTPGetAction>;
export type KeyToPath = Wire<core.IKeyToPath>;
export type PodSpec = Wire<core.IPodSpec>;
export type KeyRef = Wire<core.IConfigMapKeySelector>;
export type PodPhase = NonNullable<PodStatus['phase']>;
export type Probe = Wire<core.IProbe>;
export type ProjectedSource = Wire<core.IVolumeProjection>;
export type ResourceFieldRef = Wire<core.IResourceFieldSelector>;
export type Resources = Wire<core.IResourceRequirements>;
export type SecretSource = Wire<core.ISecretVolumeSource>;
export type TerminatedState = Wire<core.IContainerStateTerminated>;
export type Volume = Wire<core.IVolume>;
export type VolumeMount = Wire<core.IVolumeMount>;

export interface PodTemplate {
  readonly metadata?: {
    readonly labels?: Labels;
    readonly annotations?: Labels;
  };
  readonly spec: PodSpec;
}

export type PodStatus = Omit<Wire<core.IPodStatus>, 'conditions'> & {
  readonly conditions?: readonly Condition[];
};

/** A `v1` Pod. */
export interface Pod extends KubeObject {
  readonly spec: PodSpec;
  readonly status?: PodStatus;
}

/** `namespace/name`, for people. */
export function podName(pod: Pod): string {
  return `${pod.metadata.namespace}/${pod.metadata.name}`;
}

/** The annotation that tells which local port stands for which container port. */
export const PORTS_ANNOTATION = 'local.ml-platform.dev/ports';
