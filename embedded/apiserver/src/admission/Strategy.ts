import { StatusCause } from '../errors/StatusError';
import { KubeObject } from '../model/KubeObject';
import { NameCheck } from './names';

/** What a strategy may look at besides the object. */
export interface AdmissionContext {
  /** The current time in ms. */
  readonly now: number;
  /** Name of the user that sent the request. */
  readonly username: string;
  /** Whether any other Service has the cluster IP. */
  readonly clusterIPTaken: (ip: string) => boolean;
}

/**
 * What is special about a resource when it is written: Kubernetes' registry
 * strategies with the defaults of its API types.
 */
export interface Strategy {
  readonly nameCheck?: NameCheck;
  /** Fills in defaults; the object may be changed. Runs on every write. */
  readonly defaults?: (object: KubeObject) => void;
  /** Runs on create, after the defaults. */
  readonly prepareCreate?: (
    object: KubeObject,
    context: AdmissionContext,
  ) => void;
  /** Runs on update of the main resource; carries over what only the server sets. */
  readonly prepareUpdate?: (object: KubeObject, current: KubeObject) => void;
  readonly validate?: (object: KubeObject) => StatusCause[];
  readonly validateUpdate?: (
    object: KubeObject,
    current: KubeObject,
  ) => StatusCause[];
}
