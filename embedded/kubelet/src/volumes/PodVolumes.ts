import { realpathSync } from 'node:fs';
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Container, Pod } from '@ml-platform/embedded-controller-runtime';
import type { ConfigSource } from '../environment/ConfigSource';
import type { NodeFacts } from '../environment/fieldRef';
import { mountNamespaceCommand, type NamespaceCommand } from './mountNamespace';
import { type BindMount, mountPlan, neededVolumes } from './mountPlan';
import { mountScript } from './mountScript';
import { mountView } from './mountView';
import { volumeFiles } from './volumeFiles';

/** Puts a pod's volumes on the disk, and in front of its containers. */
export class PodVolumes {
  readonly #config: ConfigSource;
  readonly #node: NodeFacts;
  #namespace: Promise<NamespaceCommand> | undefined;

  constructor(options: {
    readonly config: ConfigSource;
    readonly node: NodeFacts;
  }) {
    this.#config = options.config;
    this.#node = options.node;
  }

  /**
   * Writes the volumes that the containers use below the pod's folder.
   *
   * @throws {VolumeError} when one can't be provided on this machine
   */
  async setUp(pod: Pod, podDir: string): Promise<void> {
    const needed = neededVolumes(pod);
    for (const volume of pod.spec.volumes ?? []) {
      if (needed.has(volume.name)) {
        const files = await volumeFiles(volume, {
          pod,
          node: this.#node,
          config: this.#config,
        });
        const dir = join(podDir, 'volumes', volume.name);
        const fresh = `${dir}.new`;
        await rm(fresh, { recursive: true, force: true });
        await mkdir(fresh, { recursive: true });
        await chmod(fresh, 0o777);
        for (const { path, content, mode } of files) {
          const file = join(fresh, path);
          await mkdir(dirname(file), { recursive: true });
          await writeFile(file, content);
          await chmod(file, mode);
        }
        await rm(dir, { recursive: true, force: true });
        await rename(fresh, dir);
      }
    }
    if (needed.size > 0) {
      await this.#namespaceCommand();
    }
  }

  /**
   * The command as it has to be run for the container to see its volumes, and
   * `extra` mounts; unchanged where there is nothing to mount.
   */
  async wrap(options: {
    readonly pod: Pod;
    readonly container: Container;
    readonly podDir: string;
    readonly extra: readonly BindMount[];
    readonly workingDir: string;
    readonly command: readonly string[];
  }): Promise<readonly string[]> {
    const { pod, container, podDir, command } = options;
    const mounts = [
      ...mountPlan(container, pod, name => join(podDir, 'volumes', name)),
      ...options.extra,
    ].sort((a, b) => a.target.length - b.target.length);
    if (mounts.length === 0) {
      return command;
    }
    const root = join(podDir, 'roots', container.name);
    await mkdir(root, { recursive: true });
    const view = mountView(mounts, { realPath });
    return [
      ...(await this.#namespaceCommand()),
      'sh',
      '-c',
      mountScript(view),
      'sh',
      root,
      options.workingDir,
      ...command,
    ];
  }

  /** Whether mounts are possible here at all. */
  async canMount(): Promise<boolean> {
    try {
      await this.#namespaceCommand();
      return true;
    } catch {
      return false;
    }
  }

  #namespaceCommand(): Promise<NamespaceCommand> {
    this.#namespace ??= mountNamespaceCommand();
    return this.#namespace;
  }
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
