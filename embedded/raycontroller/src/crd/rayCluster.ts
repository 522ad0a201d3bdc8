import type * as product from '@ml-platform/rayjob';
import type {
  Labels,
  PodTemplate,
} from '@ml-platform/embedded-controller-runtime';
import type { KubeObject, NewObject, ServiceSpec } from '../kube/objects';

/** Flags of `ray start`, without their dashes. */
export type RayStartParams = Readonly<Record<string, string>>;

export interface HeadService {
  readonly metadata?: {
    readonly name?: string;
    readonly labels?: Labels;
    readonly annotations?: Labels;
  };
  readonly spec?: ServiceSpec;
}

export interface HeadGroupSpec extends product.HeadGroupSpec {
  readonly rayStartParams?: RayStartParams;
  readonly template: PodTemplate;
  readonly serviceType?: ServiceSpec['type'];
  readonly headService?: HeadService;
  readonly resources?: Readonly<Record<string, string>>;
  readonly labels?: Labels;
}

export interface WorkerGroupSpec extends product.WorkerGroupSpec {
  readonly suspend?: boolean;
  readonly rayStartParams?: RayStartParams;
  readonly resources?: Readonly<Record<string, string>>;
  readonly labels?: Labels;
  readonly scaleStrategy?: { readonly workersToDelete?: readonly string[] };
  readonly template: PodTemplate;
}

export interface RayClusterSpec extends product.RayClusterSpec {
  readonly managedBy?: string;
  readonly upgradeStrategy?: { readonly type?: string };
  readonly headServiceAnnotations?: Labels;
  readonly gcsFaultToleranceOptions?: unknown;
  readonly authOptions?: {
    readonly mode?: string;
    readonly secretName?: string;
    readonly enableK8sTokenAuth?: boolean;
  };
  readonly networkPolicy?: unknown;
  readonly tlsOptions?: unknown;
  readonly historyServerOptions?: unknown;
  readonly headGroupSpec: HeadGroupSpec;
  readonly workerGroupSpecs?: readonly WorkerGroupSpec[];
}

export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
  readonly lastTransitionTime: string;
}

export interface RayClusterStatus extends product.RayClusterStatus {
  readonly state?: 'ready' | 'suspended' | 'failed';
  readonly desiredCPU?: string;
  readonly desiredMemory?: string;
  readonly desiredGPU?: string;
  readonly desiredTPU?: string;
  readonly minWorkerReplicas?: number;
  readonly maxWorkerReplicas?: number;
  readonly endpoints?: Readonly<Record<string, string>>;
  readonly conditions?: readonly Condition[];
  readonly lastUpdateTime?: string;
  readonly observedGeneration?: number;
  readonly stateTransitionTimes?: Readonly<Record<string, string>>;
}

export interface NewRayCluster extends NewObject {
  readonly spec: RayClusterSpec;
}

export type RayCluster = KubeObject & {
  readonly spec: RayClusterSpec;
  readonly status?: RayClusterStatus;
};

/** What KubeRay writes where no RayCluster has been looked at yet. */
export const emptyClusterStatus: RayClusterStatus = {
  desiredCPU: '0',
  desiredGPU: '0',
  desiredMemory: '0',
  desiredTPU: '0',
  head: {},
};
