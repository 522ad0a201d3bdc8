import { NotFoundError } from '@backstage/errors';
import { KubeClient, kubeConfigAccess, type Logger } from '@ml-platform/kube';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startTestApiServer,
  type TestApiServer,
} from '@ml-platform/embedded-apiserver/testUtils';
import { eventually } from '@ml-platform/embedded-controller-runtime/testUtils';
import {
  KubeApi,
  kinds,
  type KubeObject,
  type Container,
  type Pod,
  type PodSpec,
} from '@ml-platform/embedded-controller-runtime';
import type { Image, ImageStore } from '@ml-platform/embedded-images';
import {
  type Kubelet,
  type KubeletOptions,
  startKubelet,
} from '../startKubelet';

const silent: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
};

/** Images of the machine's own programs; others are not found. */
export class SystemImages implements ImageStore {
  readonly #images = new Map<string, Image>([['system:1', systemImage()]]);

  add(image: Image): void {
    this.#images.set(image.ref, image);
  }

  async get(ref: string): Promise<Image | undefined> {
    return this.#images.get(ref);
  }

  async pull(ref: string): Promise<Image> {
    const image = this.#images.get(ref);
    if (!image) {
      throw new NotFoundError(`No image ${ref}`);
    }
    return image;
  }
}

/** Image `system:1`: where this machine has its Python. */
export function systemImage(changes: Partial<Image> = {}): Image {
  const prefix = execFileSync('python3', [
    '-c',
    'import sys; print(sys.base_prefix)',
  ]);
  return {
    ref: 'system:1',
    digest: 'sha256:0000',
    envDir: prefix.toString().trim(),
    env: {},
    ...changes,
  };
}

/** A node on an API server of its own, for tests. */
export class TestNode {
  readonly images = new SystemImages();
  readonly dataDir = mkdtempSync(join(tmpdir(), 'node-'));
  readonly api: KubeApi;
  readonly client: KubeClient;
  kubelet: Kubelet | undefined;
  readonly server: TestApiServer;
  readonly #overrides: Partial<KubeletOptions>;
  #abort = new AbortController();

  private constructor(
    server: TestApiServer,
    overrides: Partial<KubeletOptions>,
  ) {
    this.server = server;
    this.#overrides = overrides;
    this.client = new KubeClient({
      access: kubeConfigAccess(server.kubeConfig),
    });
    this.api = new KubeApi({ client: this.client });
  }

  static async start(
    overrides: Partial<KubeletOptions> = {},
  ): Promise<TestNode> {
    const node = new TestNode(await startTestApiServer(), overrides);
    await node.boot();
    return node;
  }

  async boot(): Promise<void> {
    this.#abort = new AbortController();
    this.kubelet = await startKubelet({
      kubeConfig: this.server.kubeConfig,
      nodeName: 'embedded',
      dataDir: this.dataDir,
      images: this.images,
      kubeletToken: 'test-kubelet-token',
      logger: silent,
      signal: this.#abort.signal,
      machine: { cpus: 2, memory: 8 * 2 ** 30 },
      ...this.#overrides,
    });
  }

  /** Ends the node, but not the API server. */
  async shutDown(): Promise<void> {
    this.#abort.abort();
    await this.kubelet?.done;
  }

  async close(): Promise<void> {
    await this.shutDown();
    this.client.close();
    await this.server.close();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** Creates a pod of one container with the image `system:1`. */
  run(
    name: string,
    container: Partial<Container>,
    spec: Partial<PodSpec> = {},
  ): Promise<Pod> {
    return this.api.create(kinds.pods, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default' },
      ...{
        spec: {
          restartPolicy: 'Never',
          terminationGracePeriodSeconds: 5,
          containers: [{ name: 'main', image: 'system:1', ...container }],
          ...spec,
        },
      },
    });
  }

  pod(name: string): Promise<Pod | undefined> {
    return this.api.find(kinds.pods, { namespace: 'default', name });
  }

  /** Waits until the pod is as wanted. */
  async until(
    name: string,
    what: (pod: Pod) => unknown,
    timeoutMs = 15_000,
  ): Promise<Pod> {
    return eventually(async () => {
      const pod = await this.pod(name);
      return pod && what(pod) ? pod : undefined;
    }, timeoutMs).catch(async () => {
      const pod = await this.pod(name);
      throw new Error(`Pod ${name} is ${JSON.stringify(pod?.status, null, 1)}`);
    });
  }

  /** The text of a container's log, through the API server. */
  async log(
    name: string,
    query: Record<string, string | number | boolean> = {},
  ) {
    return this.client.text({
      path: `/api/v1/namespaces/default/pods/${name}/log`,
      query,
    });
  }

  /** Events of an object as `type reason message`, in order. */
  async events(name: string): Promise<string[]> {
    interface Event extends KubeObject {
      readonly type: string;
      readonly reason: string;
      readonly message: string;
    }
    const events = await this.api.list<Event>(kinds.events, {
      namespace: 'default',
      fieldSelector: `involvedObject.name=${name}`,
    });
    return [...events]
      .sort(
        (a, b) =>
          Number(a.metadata.resourceVersion) -
          Number(b.metadata.resourceVersion),
      )
      .map(({ type, reason, message }) => `${type} ${reason} ${message}`);
  }
}
