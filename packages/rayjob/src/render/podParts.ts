import { canonicalQuantity } from '../values/quantities';
import type { EnvironmentVariable } from './renderRayJob';
import type { Mount, NodePlacement, PodRequest } from './podRequest';

/** Variable of a job's environment with the address of its workload's bucket. */
export const BUCKET_VARIABLE = 'ML_PLATFORM_BUCKET';

const GCSFUSE = 'gcsfuse.csi.storage.gke.io';
/** Makes GKE add the sidecar of Cloud Storage FUSE to a pod. */
const GCSFUSE_ANNOTATION = 'gke-gcsfuse/volumes';

type Optional<Key extends string, Item> = Partial<Record<Key, readonly Item[]>>;

const optional = <Key extends string, Item>(
  key: Key,
  values: readonly Item[],
): Optional<Key, Item> =>
  values.length > 0 ? ({ [key]: values } as Optional<Key, Item>) : {};

/**
 * A value that the process reads as it was typed: Kubernetes would replace
 * `$(NAME)` by another variable, and `$$` by `$`.
 */
function verbatim(value: string): string {
  return value.replace(/\$(?=[$(])/g, '$$$$');
}

const named = (names: readonly string[] = []) => names.map(name => ({ name }));

function keyOf(reference: string) {
  const [name, key] = reference.split('/');
  return { name, key };
}

/** The variables of a container: values, and references to values. */
export function containerEnvironment(
  environment: readonly EnvironmentVariable[],
  request: PodRequest,
) {
  const { secretEnv = {}, configEnv = {}, bucket } = request;
  return {
    // An empty list is dropped by whoever writes the object next, and Argo CD would bring it
    // back each time.
    ...optional('env', [
      ...(bucket ? [{ name: BUCKET_VARIABLE, value: bucket }] : []),
      ...environment.map(({ name, value }) => ({
        name,
        value: verbatim(value),
      })),
      ...Object.entries(secretEnv).map(([name, reference]) => ({
        name,
        valueFrom: { secretKeyRef: keyOf(reference) },
      })),
      ...Object.entries(configEnv).map(([name, reference]) => ({
        name,
        valueFrom: { configMapKeyRef: keyOf(reference) },
      })),
    ]),
    ...optional('envFrom', [
      ...named(request.envFromSecrets).map(secretRef => ({ secretRef })),
      ...named(request.envFromConfigMaps).map(configMapRef => ({
        configMapRef,
      })),
    ]),
  };
}

type Labels = Readonly<Record<string, string>>;

function volumeSource(mount: Mount, labels: Labels) {
  const readOnly = mount.readOnly ? { readOnly: true } : {};
  if ('bucket' in mount) {
    const options = ['implicit-dirs'];
    if (mount.folder !== undefined) {
      options.push(`only-dir=${mount.folder}`);
    }
    return {
      csi: {
        driver: GCSFUSE,
        ...readOnly,
        volumeAttributes: {
          bucketName: mount.bucket,
          mountOptions: options.join(','),
        },
      },
    };
  }
  if ('claim' in mount) {
    return { persistentVolumeClaim: { claimName: mount.claim, ...readOnly } };
  }
  return {
    ephemeral: {
      volumeClaimTemplate: {
        metadata: { labels },
        spec: {
          accessModes: ['ReadWriteOnce'],
          ...(mount.storageClass === undefined
            ? {}
            : { storageClassName: mount.storageClass }),
          resources: { requests: { storage: canonicalQuantity(mount.size) } },
        },
      },
    },
  };
}

/**
 * Volumes, where a container has them, and what the pod has to say of them.
 *
 * @param labels - of claims that are made for a pod
 */
export function podVolumes(
  { sharedMemory, mounts = [] }: PodRequest,
  labels: Labels,
) {
  const all = mounts.map((mount, index) => ({
    name: `mount-${index + 1}`,
    path: mount.path,
    readOnly: mount.readOnly,
    source: volumeSource(mount, labels),
  }));
  const shared =
    sharedMemory === undefined
      ? []
      : [
          {
            name: 'shared-memory',
            path: '/dev/shm',
            readOnly: false,
            source: {
              emptyDir: {
                medium: 'Memory',
                sizeLimit: canonicalQuantity(sharedMemory),
              },
            },
          },
        ];
  const volumes = [...shared, ...all];
  return {
    annotations: mounts.some(mount => 'bucket' in mount)
      ? { annotations: { [GCSFUSE_ANNOTATION]: 'true' } }
      : {},
    volumes: optional(
      'volumes',
      volumes.map(({ name, source }) => ({ name, ...source })),
    ),
    volumeMounts: optional(
      'volumeMounts',
      volumes.map(({ name, path, readOnly }) => ({
        name,
        mountPath: path,
        ...(readOnly ? { readOnly: true } : {}),
      })),
    ),
  };
}

/** The account that the pods act as. */
export const serviceAccount = ({ serviceAccount: name }: PodRequest) =>
  name ? { serviceAccountName: name } : {};

/** The secrets with which a pod's image is pulled. */
export const pullSecrets = ({ imagePullSecrets }: PodRequest) =>
  optional('imagePullSecrets', named(imagePullSecrets));

/** Where a pod may run. */
export function podPlacement(placement: NodePlacement = {}) {
  const { nodeSelector = {}, tolerations = [] } = placement;
  return {
    ...(Object.keys(nodeSelector).length > 0 ? { nodeSelector } : {}),
    ...optional('tolerations', tolerations),
  };
}
