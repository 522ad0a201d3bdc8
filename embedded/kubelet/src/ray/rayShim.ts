import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PodPorts } from '../network/allotPorts';
import { POD_MARKER } from '../process/processTable';
import { RAY_PORTS, type RayPorts } from './rayPorts';

/** Bytes of the object store of a Ray node that sets no size of its own. */
const OBJECT_STORE_BYTES = 200_000_000;
const HOOK = 'ml_platform_ray_start';

/*
 * Ray takes a loopback address for "the machine's first address" and then
 * listens on all of them, unless it runs in the mode of its Windows and macOS
 * versions, RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER=0 (see rayEnv). In that mode a
 * second node refuses to start. Ray calls this hook before it looks.
 */
const hookSource = (tempDir: string) => `import os


def loopback(ray_params, head):
    # All nodes of a cluster share the head's session folder here. Two that start
    # at once would take the same names for their sockets, and two that set up the
    # same runtime environment would overwrite and delete each other's files: both
    # go to the pod's own folder, by names that an earlier start did not leave there.
    def own(name):
        return os.path.join(${JSON.stringify(tempDir)}, "%s.%d" % (name, os.getpid()))

    ray_params.plasma_store_socket_name = own("plasma_store")
    ray_params.raylet_socket_name = own("raylet")
    ray_params.runtime_env_dir_name = own("runtime_resources")
    if not head:
        from ray._private import ray_constants, services

        services.get_node_ip_address = lambda address=None: "127.0.0.1"
        ray_constants.ENABLE_RAY_CLUSTER = True
`;

/**
 * Writes the folder that comes first on the PATH of a Ray node: a `ray` which
 * starts Ray's processes on the ports allotted to the pod and on loopback alone,
 * and which stops only those of the pod.
 *
 * @returns the folder
 */
export async function writeRayShim(options: {
  readonly dir: string;
  /** The real program. */
  readonly ray: string;
  /** Folder for Ray's sessions; short, as paths of sockets are limited. */
  readonly tempDir: string;
  readonly rayPorts: RayPorts | undefined;
  readonly ports: PodPorts;
  readonly podUid: string;
}): Promise<string> {
  const { dir } = options;
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, `${HOOK}.py`), hookSource(options.tempDir));
  const file = join(dir, 'ray');
  await writeFile(file, rayShim(options));
  await chmod(file, 0o755);
  return dir;
}

/** Ray's command line takes the last of repeated options. */
export function rayShim(options: Parameters<typeof writeRayShim>[0]): string {
  const { ray, rayPorts = {}, ports, tempDir, dir } = options;
  const set = (head: boolean) => [
    ...Object.entries(RAY_PORTS).flatMap(([name, { flag, head: onHead }]) => {
      const port = rayPorts[name as keyof typeof RAY_PORTS];
      const local = port === undefined ? undefined : ports.map.get(port);
      return local === undefined || (onHead && !head)
        ? []
        : [`--${flag}=${local}`];
    }),
    `--dashboard-agent-grpc-port=${ports.agent.grpc}`,
    `--runtime-env-agent-port=${ports.agent.runtimeEnv}`,
    '--node-manager-port=0',
    '--object-manager-port=0',
    '--min-worker-port=0',
    '--max-worker-port=0',
    `--temp-dir=${tempDir}`,
  ];
  const head = [
    ...set(true),
    '--node-ip-address=127.0.0.1',
    '--dashboard-host=127.0.0.1',
    '--include-dashboard=true',
  ];
  return `#!/bin/sh
# Runs Ray on the ports that this pod has on the machine.
if [ "$1" = start ]; then
  shift
  case " $* " in
    *" --object-store-memory"*) store= ;;
    *) store=--object-store-memory=${OBJECT_STORE_BYTES} ;;
  esac
  export PYTHONPATH="${dir}\${PYTHONPATH:+:$PYTHONPATH}" RAY_START_HOOK=${HOOK}.loopback
  # A container starts with an empty /tmp: by this file Ray would take the nodes
  # that outlived the head's container for the cluster that it is to start.
  rm -f "${tempDir}/ray_current_cluster"
  case " $* " in
    *" --head "*|*" --head="*) exec "${ray}" start "$@" $store ${head.join(' ')} ;;
    *) exec "${ray}" start "$@" $store ${set(false).join(' ')} --node-ip-address=127.0.0.1 ;;
  esac
fi
if [ "$1" = stop ]; then
  # Ray's own would stop every Ray on the machine.
  for pid in $(grep -lzsxF "${POD_MARKER}=${options.podUid}" /proc/[0-9]*/environ | cut -d/ -f3); do
    case "$(tr '\\0' ' ' < "/proc/$pid/cmdline" 2>/dev/null)" in
      *raylet/raylet*|*gcs/gcs_server*|*"ray start"*) kill -TERM "$pid" 2>/dev/null ;;
    esac
  done
  exit 0
fi
exec "${ray}" "$@"
`;
}

/** Variables of every container that may run Ray. */
export function rayEnv(tempDir: string): Record<string, string> {
  return {
    RAY_TMPDIR: tempDir,
    RAY_USAGE_STATS_ENABLED: '0',
    RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER: '0',
    // Ray's titles would overwrite the environment by which a process is known.
    SPT_NOENV: '1',
  };
}
