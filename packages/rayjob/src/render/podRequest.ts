/** Where pods may run. */
export interface NodePlacement {
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly tolerations?: readonly Toleration[];
}

/** As of a Kubernetes pod. */
export interface Toleration {
  readonly key?: string;
  readonly operator?: 'Exists' | 'Equal';
  readonly value?: string;
  readonly effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

/** A folder of each pod of the Ray cluster that comes from elsewhere. */
export type Mount = {
  /** Absolute path of the folder, for example `/data`. */
  readonly path: string;
  readonly readOnly?: boolean;
} & (
  | {
      /** Bucket of Google Cloud Storage, by the CSI driver of Cloud Storage FUSE. */
      readonly bucket: string;
      /** Folder of the bucket; all of it where absent. */
      readonly folder?: string;
    }
  | {
      /** Name of a PersistentVolumeClaim in the job's namespace. */
      readonly claim: string;
    }
  | {
      /** A volume of its own for each pod, of this size, gone with the pod. */
      readonly size: string;
      /** Default: the cluster's. */
      readonly storageClass?: string;
    }
);

/** A reference to one key of a Secret or ConfigMap, as `name/key`. */
export type KeyReference = string;

/** What the pods of a Ray cluster get beside their image and their size. */
export interface PodRequest {
  /** Variables with values of Secrets in the job's namespace. */
  readonly secretEnv?: Readonly<Record<string, KeyReference>>;
  /** Variables with values of ConfigMaps in the job's namespace. */
  readonly configEnv?: Readonly<Record<string, KeyReference>>;
  /** Secrets of which every key becomes a variable. */
  readonly envFromSecrets?: readonly string[];
  /** ConfigMaps of which every key becomes a variable. */
  readonly envFromConfigMaps?: readonly string[];
  /** Service account of the job's pods, in its namespace. Default: the namespace's own. */
  readonly serviceAccount?: string;
  /**
   * Address of the workload's bucket, for example `gs://my-bucket`. The job finds it in
   * the variable `ML_PLATFORM_BUCKET`.
   */
  readonly bucket?: string;
  /** Secrets with which the node pulls the image. */
  readonly imagePullSecrets?: readonly string[];
  /** Size of `/dev/shm`, which counts as memory of the pod; 64Mi where absent. */
  readonly sharedMemory?: string;
  readonly mounts?: readonly Mount[];
}

/** How many workers of one kind there are, and what each gets. */
export interface WorkerGroup {
  /** Pods at the start. */
  readonly workers: number;
  /** Pods that Ray's autoscaler leaves at least. Default: as many as at the start. */
  readonly minWorkers?: number;
  /** Pods that Ray's autoscaler makes at most. Default: as many as at the start. */
  readonly maxWorkers?: number;
  /** Extended resource of the GPUs or other accelerators. Default: `nvidia.com/gpu`. */
  readonly accelerator?: string;
  readonly placement?: NodePlacement;
}

/** A further kind of workers. */
export interface NamedWorkerGroup extends WorkerGroup {
  /** Name of the worker group. */
  readonly name: string;
  readonly cpu: string;
  readonly memory: string;
  /** Default: 0. */
  readonly gpu?: number;
}
