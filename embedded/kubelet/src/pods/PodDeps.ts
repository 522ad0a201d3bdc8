import type {
  KubeApi,
  EventRecorder,
} from '@ml-platform/embedded-controller-runtime';
import type { Logger } from '@ml-platform/kube';
import type { ImagePuller } from '../images/ImagePuller';
import type { NanoClock } from '../logs/NanoClock';
import type { PortAllotment } from '../network/PortAllotment';
import type { PodVolumes } from '../volumes/PodVolumes';
import type { ContainerSetup } from './ContainerSetup';
import type { KubeletBackoff } from './kubeletBackoff';

/** What all pods of a node share. */
export interface PodDeps {
  readonly api: KubeApi;
  readonly events: EventRecorder;
  readonly puller: ImagePuller;
  readonly setup: ContainerSetup;
  readonly volumes: PodVolumes;
  readonly allotment: PortAllotment;
  readonly clock: NanoClock;
  readonly logger: Logger;
  readonly dataDir: string;
  readonly nodeIp: string;
  /** Resolves when a service or its pods may have changed, or on the signal. */
  readonly servicesChanged: (signal: AbortSignal) => Promise<void>;
  readonly backoff: KubeletBackoff;
}
