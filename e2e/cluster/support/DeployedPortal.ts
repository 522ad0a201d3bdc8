import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ROOT } from '../../support/runPlatform';
import { portalOverlay, portalResources, SPACE } from './portalOverlay';
import type { Target } from './target';

const run = promisify(execFile);
const FOLDER = join(ROOT, 'e2e/.results/portal');
const PODS = 2;

/** The portal as pods of the cluster, from the manifests of gitops/apps/backstage. */
export class DeployedPortal {
  readonly #target: Target;
  readonly #forwards: ChildProcess[] = [];

  private constructor(target: Target) {
    this.#target = target;
  }

  static async deploy(
    target: Target,
    options: Parameters<typeof portalOverlay>[0],
  ): Promise<DeployedPortal> {
    await mkdir(FOLDER, { recursive: true });
    await writeFile(
      join(FOLDER, 'kustomization.yaml'),
      JSON.stringify(portalOverlay(options)),
    );
    await writeFile(
      join(FOLDER, 'resources.yaml'),
      portalResources()
        .map(one => JSON.stringify(one))
        .join('\n---\n'),
    );
    const portal = new DeployedPortal(target);
    await portal.#run('apply', '--server-side', '-k', FOLDER);
    await portal.rolledOut();
    return portal;
  }

  #args(...args: readonly string[]): string[] {
    const { kubeconfig, context } = this.#target;
    return [
      '--kubeconfig',
      kubeconfig,
      ...(context ? ['--context', context] : []),
      ...args,
    ];
  }

  /** Runs a command in the portal's namespace. */
  kubectl(...args: readonly string[]): Promise<string> {
    return this.#run('--namespace', SPACE, ...args);
  }

  async #run(...args: readonly string[]): Promise<string> {
    const { stdout } = await run('kubectl', this.#args(...args));
    return stdout.trim();
  }

  /** Waits until the new pods are ready and the old ones are gone. */
  async rolledOut(): Promise<void> {
    await this.kubectl(
      'rollout',
      'status',
      'deployment/backstage',
      '--timeout=8m',
    );
    while (
      (await this.kubectl('get', 'pods', '--output=name')).split('\n').length >
      PODS
    ) {
      await delay(1_000);
    }
  }

  async restart(): Promise<void> {
    await this.kubectl('rollout', 'restart', 'deployment/backstage');
    await this.rolledOut();
  }

  async changeImage(image: string): Promise<void> {
    await this.kubectl(
      'set',
      'image',
      'deployment/backstage',
      `backstage=${image}`,
    );
    await this.rolledOut();
  }

  /** Addresses of the pods that are ready. */
  async pods(): Promise<readonly string[]> {
    const text = await this.kubectl(
      'get',
      'endpointslices',
      '--selector=kubernetes.io/service-name=backstage',
      '--output=jsonpath={.items[*].endpoints[?(@.conditions.ready==true)].addresses[0]}',
    );
    return text.split(' ').map(address => `http://${address}:7007`);
  }

  async service(): Promise<string> {
    const address = await this.kubectl(
      'get',
      'service',
      'backstage',
      '--output=jsonpath={.spec.clusterIP}',
    );
    return `http://${address}:7007`;
  }

  /** As people open the portal. */
  async forward(port: number): Promise<void> {
    const child = spawn(
      'kubectl',
      this.#args(
        '--namespace',
        SPACE,
        'port-forward',
        'svc/backstage',
        `${port}:7007`,
      ),
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    this.#forwards.push(child);
    await once(child.stdout, 'data');
  }

  async remove(): Promise<void> {
    this.#forwards.forEach(child => child.kill());
    await this.#run('delete', '-k', FOLDER, '--ignore-not-found');
  }
}
