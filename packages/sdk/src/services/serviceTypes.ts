import type { PodPort } from '@ml-platform/kube';
import type { OpenedCluster } from '../settings/openClusters';

/** What has a page of its own on a cluster of the platform. */
export const SERVICE_NAMES = ['ray', 'grafana', 'argocd', 'portal'] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** A service that was found on a cluster. */
export interface FoundService {
  /** For people, for example `Ray dashboard of hello-1`. */
  readonly title: string;
  readonly cluster: OpenedCluster;
  readonly namespace: string;
  /** Name of the Kubernetes Service. */
  readonly service: string;
  /** Local port that people expect it on. */
  readonly usualPort: number;
  /** Why it is this one of several, in a sentence. */
  readonly note?: string;
  /**
   * The pod that answers now, and its port.
   * @throws {ServiceUnavailableError} when none is ready
   */
  target(signal: AbortSignal): Promise<PodPort>;
}

/** The parts of a Service that are read here. */
export interface KubeService {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly creationTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec?: {
    readonly selector?: Readonly<Record<string, string>>;
    readonly ports?: readonly ServicePort[];
  };
}

export interface ServicePort {
  readonly name?: string;
  readonly port: number;
  /** Number, or name of a container's port; the same as `port` where absent. */
  readonly targetPort?: number | string;
}
