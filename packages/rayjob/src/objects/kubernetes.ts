/**
 * The parts of Kubernetes' and KubeRay's objects that the platform reads.
 * Structural: an object of any client library fits.
 */
export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly OwnerReference[];
}

export interface OwnerReference {
  readonly apiVersion?: string;
  readonly kind: string;
  readonly name: string;
  readonly uid?: string;
  readonly controller?: boolean;
}

export interface ResourceRequirements {
  readonly requests?: Readonly<Record<string, string | number>>;
  readonly limits?: Readonly<Record<string, string | number>>;
}

export interface Container {
  readonly name: string;
  readonly image?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly {
    readonly name: string;
    readonly value?: string;
  }[];
  readonly resources?: ResourceRequirements;
  /** `Always` makes an init container keep running beside the others. */
  readonly restartPolicy?: string;
}

export interface PodTemplate {
  readonly metadata?: Partial<ObjectMeta>;
  readonly spec?: {
    readonly containers?: readonly Container[];
    readonly initContainers?: readonly Container[];
    /** Of the pod as a whole, in place of the sum of its containers. */
    readonly resources?: ResourceRequirements;
  };
}

export interface HeadGroupSpec {
  readonly rayStartParams?: Readonly<Record<string, string>>;
  readonly template?: PodTemplate;
}

export interface WorkerGroupSpec {
  readonly groupName: string;
  readonly replicas?: number;
  readonly minReplicas?: number;
  readonly maxReplicas?: number;
  readonly numOfHosts?: number;
  readonly suspend?: boolean;
  readonly template?: PodTemplate;
}

export interface RayClusterSpec {
  readonly rayVersion?: string;
  readonly enableInTreeAutoscaling?: boolean;
  readonly suspend?: boolean;
  readonly headGroupSpec?: HeadGroupSpec;
  readonly workerGroupSpecs?: readonly WorkerGroupSpec[];
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

export interface RayClusterStatus {
  readonly state?: string;
  readonly reason?: string;
  readonly lastUpdateTime?: string;
  readonly desiredWorkerReplicas?: number;
  readonly readyWorkerReplicas?: number;
  readonly availableWorkerReplicas?: number;
  readonly conditions?: readonly Condition[];
  readonly head?: {
    readonly podIP?: string;
    readonly podName?: string;
    readonly serviceIP?: string;
    readonly serviceName?: string;
  };
}

/** `ray.io/v1` RayCluster. */
export interface RayCluster {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: ObjectMeta;
  readonly spec?: RayClusterSpec;
  readonly status?: RayClusterStatus;
}

export type SubmissionMode =
  'K8sJobMode' | 'HTTPMode' | 'InteractiveMode' | 'SidecarMode';

export interface RayJobSpec {
  readonly entrypoint?: string;
  readonly jobId?: string;
  readonly submissionMode?: string;
  readonly suspend?: boolean;
  readonly backoffLimit?: number;
  readonly activeDeadlineSeconds?: number;
  readonly shutdownAfterJobFinishes?: boolean;
  readonly ttlSecondsAfterFinished?: number;
  readonly runtimeEnvYAML?: string;
  /** Who runs the job in KubeRay's place. */
  readonly managedBy?: string;
  readonly clusterSelector?: Readonly<Record<string, string>>;
  readonly rayClusterSpec?: RayClusterSpec;
  readonly submitterPodTemplate?: PodTemplate;
}

export interface RayJobStatus {
  readonly jobStatus?: string;
  readonly jobDeploymentStatus?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly jobId?: string;
  readonly rayClusterName?: string;
  readonly dashboardURL?: string;
  readonly startTime?: string;
  readonly endTime?: string;
  readonly failed?: number;
  readonly succeeded?: number;
  readonly rayJobInfo?: {
    readonly startTime?: string;
    readonly endTime?: string;
  };
  readonly rayClusterStatus?: RayClusterStatus;
}

/** `ray.io/v1` RayJob. */
export interface RayJob {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: ObjectMeta;
  readonly spec?: RayJobSpec;
  readonly status?: RayJobStatus;
}

export interface ContainerState {
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly running?: { readonly startedAt?: string };
  readonly terminated?: {
    readonly exitCode: number;
    readonly reason?: string;
    readonly message?: string;
    readonly startedAt?: string;
    readonly finishedAt?: string;
  };
}

export interface ContainerStatus {
  readonly name: string;
  readonly image?: string;
  readonly ready?: boolean;
  readonly restartCount?: number;
  readonly state?: ContainerState;
  readonly lastState?: ContainerState;
}

/** The part of a pod's affinity that says which nodes it can run on. */
export interface NodeAffinity {
  readonly nodeAffinity?: {
    readonly requiredDuringSchedulingIgnoredDuringExecution?: {
      readonly nodeSelectorTerms?: readonly {
        readonly matchExpressions?: readonly {
          readonly key: string;
          readonly operator: string;
          readonly values?: readonly string[];
        }[];
      }[];
    };
  };
}

/** `v1` Pod. */
export interface Pod {
  readonly metadata: ObjectMeta;
  readonly spec?: {
    readonly nodeName?: string;
    readonly containers?: readonly Container[];
    readonly initContainers?: readonly Container[];
    /** What the pod takes beside its containers. */
    readonly overhead?: Readonly<Record<string, string | number>>;
    readonly nodeSelector?: Readonly<Record<string, string>>;
    readonly tolerations?: readonly {
      readonly key?: string;
      readonly value?: string;
    }[];
    readonly affinity?: NodeAffinity;
  };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly conditions?: readonly Condition[];
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
  };
}

/** `v1` Event, with the fields of both its generations. */
export interface KubernetesEvent {
  readonly metadata?: Partial<ObjectMeta>;
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly firstTimestamp?: string | null;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly series?: {
    readonly count?: number;
    readonly lastObservedTime?: string;
  };
  readonly involvedObject?: {
    readonly kind?: string;
    readonly name?: string;
    readonly uid?: string;
  };
}
