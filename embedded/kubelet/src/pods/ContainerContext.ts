import type { Pod } from '@ml-platform/embedded-controller-runtime';
import type { Image } from '@ml-platform/embedded-images';
import { type PodPorts } from '../network/allotPorts';
import type { ContainerSpec } from './ContainerSetup';
import type { PodDeps } from './PodDeps';
import type { PodPlace } from './PodPlace';

/** What a container belongs to. */
export interface ContainerContext {
  readonly deps: PodDeps;
  /** The pod as it is now. */
  readonly pod: () => Pod;
  readonly place: PodPlace;
  readonly ports: () => PodPorts;
  /** Called after each change of a record. */
  readonly onChange: () => void;
}

/** What has to be there before an attempt can start. */
export interface AttemptParts {
  readonly image: Image;
  readonly spec: ContainerSpec;
}
