import { posix } from 'node:path';
import type {
  Container,
  Pod,
  VolumeMount,
} from '@ml-platform/embedded-controller-runtime';
import { VolumeError } from './VolumeError';

/** Something of the host at a path of the container. */
export interface BindMount {
  /** Absolute path on the host. */
  readonly source: string;
  /** Absolute path in the container. */
  readonly target: string;
  readonly readOnly: boolean;
}

const TOKEN_DIR = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * Whether a mount is one that a process of the host has anyway, or must not
 * have: the service account's token, shared memory, and Ray's own folder, for
 * which the pod has a private one.
 */
export function isProvided(mount: VolumeMount, pod: Pod): boolean {
  const target = posix.normalize(mount.mountPath).replace(/\/$/, '');
  const volume = pod.spec.volumes?.find(({ name }) => name === mount.name);
  return (
    target === TOKEN_DIR ||
    target === '/dev/shm' ||
    (target === '/tmp/ray' && volume?.emptyDir !== undefined)
  );
}

/** The names of the volumes that the pod's containers really need. */
export function neededVolumes(pod: Pod): Set<string> {
  const containers = [
    ...(pod.spec.initContainers ?? []),
    ...pod.spec.containers,
  ];
  return new Set(
    containers.flatMap(container =>
      (container.volumeMounts ?? [])
        .filter(mount => !isProvided(mount, pod))
        .map(mount => mount.name),
    ),
  );
}

/**
 * What has to be mounted for a container, outer folders first.
 *
 * @param volumeDir - folder of a volume on the host
 * @throws {VolumeError} when a path leaves its volume
 */
export function mountPlan(
  container: Container,
  pod: Pod,
  volumeDir: (name: string) => string,
): BindMount[] {
  return (container.volumeMounts ?? [])
    .filter(mount => !isProvided(mount, pod))
    .map(mount => {
      const { subPath = '', readOnly = false } = mount;
      if (subPath.startsWith('/') || subPath.split('/').includes('..')) {
        throw new VolumeError(`subPath ${subPath} leaves the volume`);
      }
      const target = posix.resolve('/', mount.mountPath);
      if (target === '/') {
        throw new VolumeError('A volume cannot be mounted at /');
      }
      const root = volumeDir(mount.name);
      return {
        source: subPath ? posix.join(root, subPath) : root,
        target,
        readOnly,
      };
    })
    .sort((a, b) => a.target.length - b.target.length);
}
