import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Container, Pod } from '@ml-platform/embedded-controller-runtime';
import type { Image } from '@ml-platform/embedded-images';
import type { ConfigSource } from '../environment/ConfigSource';
import { containerEnv } from '../environment/containerEnv';
import { expandVariables } from '../environment/expand';
import type { NodeFacts } from '../environment/fieldRef';
import { imageCommand } from '../images/imageCommand';
import { placeImageFiles } from '../images/placeImageFiles';
import { type PodPorts } from '../network/allotPorts';
import {
  rewriteAddresses,
  rewriteValue,
  type ServiceLookup,
  servicesIn,
} from '../network/serviceNames';
import {
  CONTAINER_MARKER,
  type ProcessSpec,
} from '../process/ContainerProcess';
import { NODE_MARKER, POD_MARKER } from '../process/processTable';
import { provideWget } from '../process/wgetShim';
import { rayPortsOf } from '../ray/rayPorts';
import { rayEnv, writeRayShim } from '../ray/rayShim';
import type { PodVolumes } from '../volumes/PodVolumes';
import type { PodPlace } from './PodPlace';

/** What a container's process is, and what its probes need of it. */
export interface ContainerSpec extends ProcessSpec {
  /** As {@link ProcessSpec.command}, for another command of the container. */
  wrap(command: readonly string[]): Promise<readonly string[]>;
}

/** Where programs are that no image brings. */
const SYSTEM_PATH = [
  '/usr/local/sbin',
  '/usr/local/bin',
  '/usr/sbin',
  '/usr/bin',
  '/sbin',
  '/bin',
];

/** Makes local processes of containers. */
export class ContainerSetup {
  readonly #node: NodeFacts;
  readonly #nodeMarker: string;
  readonly #config: ConfigSource;
  readonly #services: ServiceLookup;
  readonly #volumes: PodVolumes;

  constructor(options: {
    readonly node: NodeFacts;
    /** Value of {@link NODE_MARKER} of everything that this node runs. */
    readonly nodeMarker: string;
    readonly config: ConfigSource;
    readonly services: ServiceLookup;
    readonly volumes: PodVolumes;
  }) {
    this.#node = options.node;
    this.#nodeMarker = options.nodeMarker;
    this.#config = options.config;
    this.#services = options.services;
    this.#volumes = options.volumes;
  }

  /** The services in the container's texts that have no address yet. */
  unresolvedServices(pod: Pod, container: Container): string[] {
    const namespace = pod.metadata.namespace ?? '';
    const texts = [
      ...(container.command ?? []),
      ...(container.args ?? []),
      ...(container.env ?? []).map(({ value = '' }) => value),
    ];
    return servicesIn(texts, namespace, this.#services)
      .filter(ref => this.#services.localPort(ref) === undefined)
      .map(ref => `${ref.service}.${ref.namespace}:${ref.port}`);
  }

  /**
   * @throws {ContainerConfigError} when a ConfigMap, a Secret or a key is missing
   * @throws {VolumeError} when its volumes can't be mounted here
   */
  async prepare(options: {
    readonly pod: Pod;
    readonly container: Container;
    readonly image: Image;
    readonly place: PodPlace;
    readonly ports: PodPorts;
    readonly containerId: string;
  }): Promise<ContainerSpec> {
    const { pod, container, image, place, ports, containerId } = options;
    const namespace = pod.metadata.namespace ?? '';
    const rewrite = {
      namespace,
      ownPorts: ports.map,
      services: this.#services,
    };
    const set = await containerEnv({
      pod,
      container,
      node: this.#node,
      config: this.#config,
    });
    const binDirs = await this.#binDirs(options);
    const files = await placeImageFiles({
      image,
      dir: join(
        place.dir,
        'files',
        `${container.name}-${containerId.slice(0, 8)}`,
      ),
      home: place.home,
      canMount: () => this.#volumes.canMount(),
    });
    const local = (text: string) =>
      files.rewrite(rewriteAddresses(text, rewrite));
    const podEnv = Object.fromEntries(
      [...set].map(([name, value]) => [
        name,
        files.rewrite(rewriteValue(value, rewrite)),
      ]),
    );
    const path = (podEnv.PATH ?? image.env.PATH ?? '').split(delimiter);
    const env: Record<string, string> = {
      LANG: 'C.UTF-8',
      HOME: place.home,
      HOSTNAME: pod.metadata.name,
      PYTHONUNBUFFERED: '1',
      VIRTUAL_ENV: image.envDir,
      ...rayEnv(place.rayDir),
      ...image.env,
      ...podEnv,
      TMPDIR: place.tempDir,
      PATH: unique([...binDirs, ...path, ...SYSTEM_PATH]).join(delimiter),
      [NODE_MARKER]: this.#nodeMarker,
      [POD_MARKER]: pod.metadata.uid,
      [CONTAINER_MARKER]: containerId,
    };
    const command = imageCommand(
      {
        command: container.command?.map(text => expandVariables(text, set)),
        args: container.args?.map(text => expandVariables(text, set)),
      },
      image,
    );
    const workingDir = container.workingDir
      ? files.rewrite(container.workingDir)
      : files.workingDir;
    const wrap = (wrapped: readonly string[]) =>
      this.#volumes.wrap({
        pod,
        container,
        podDir: place.dir,
        extra: files.mounts,
        workingDir,
        command: wrapped.map(local),
      });
    return {
      command: await wrap(command),
      env,
      // In a view of the file system the folder may be one of that view only.
      workingDir: existsSync(workingDir) ? workingDir : place.home,
      containerId,
      wrap,
    };
  }

  /** The folders with programs that come first on the container's PATH. */
  async #binDirs(options: {
    readonly pod: Pod;
    readonly image: Image;
    readonly place: PodPlace;
    readonly ports: PodPorts;
  }): Promise<string[]> {
    const { pod, image, place, ports } = options;
    const envBin = join(image.envDir, 'bin');
    const shims = join(place.dir, 'bin');
    await provideWget(shims, [envBin, ...SYSTEM_PATH]);
    const ray = join(envBin, 'ray');
    if (isProgram(ray)) {
      await writeRayShim({
        dir: shims,
        ray,
        tempDir: place.rayDir,
        rayPorts: rayPortsOf(pod),
        ports,
        podUid: pod.metadata.uid,
      });
    }
    return [shims, envBin];
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values.filter(Boolean))];
}
