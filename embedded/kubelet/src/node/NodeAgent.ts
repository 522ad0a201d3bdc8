import { ConflictError, NotFoundError } from '@backstage/errors';
import { arch, platform, release } from 'node:os';
import {
  type KubeApi,
  apiVersionOf,
  kinds,
  type KubeObject,
  formatMicroTime,
  formatTime,
} from '@ml-platform/embedded-controller-runtime';
import { type Logger, sleep } from '@ml-platform/kube';
import { type Machine, nodeResources } from './capacity';

const LEASE_SECONDS = 40;
const HEARTBEAT_MS = 10_000;
const LEASE_NAMESPACE = 'kube-node-lease';

/** Registers the node, and keeps telling that it lives. */
export class NodeAgent {
  readonly #api: KubeApi;
  readonly #name: string;
  readonly #ip: string;
  readonly #port: number;
  readonly #machine: Machine;
  readonly #logger: Logger;
  readonly #startedAt = Date.now();

  constructor(options: {
    readonly api: KubeApi;
    readonly name: string;
    readonly ip: string;
    /** Where the node serves logs. */
    readonly port: number;
    readonly machine: Machine;
    readonly logger: Logger;
  }) {
    this.#api = options.api;
    this.#name = options.name;
    this.#ip = options.ip;
    this.#port = options.port;
    this.#machine = options.machine;
    this.#logger = options.logger;
  }

  /** Makes the Node, or makes it ready again. */
  async register(): Promise<void> {
    try {
      await this.#api.create(kinds.nodes, {
        apiVersion: apiVersionOf(kinds.nodes),
        kind: kinds.nodes.kind,
        metadata: { name: this.#name, labels: this.#labels() },
      });
    } catch (error) {
      if (!(error instanceof ConflictError)) {
        throw error;
      }
    }
    await this.#setStatus(true);
    await this.#renew();
  }

  /** Renews until the signal; then the node is not ready any more. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(HEARTBEAT_MS, signal);
      if (!signal.aborted) {
        await this.#beat();
      }
    }
  }

  /** Tells that the node ends. */
  async leave(): Promise<void> {
    await this.#setStatus(false).catch(() => undefined);
  }

  async #beat(): Promise<void> {
    try {
      await this.#renew();
    } catch (error) {
      this.#logger.warn(`The node's lease was not renewed: ${error}`);
      // Where somebody deleted the node, it comes back.
      if (error instanceof NotFoundError) {
        await this.register().catch(() => undefined);
      }
    }
  }

  async #renew(): Promise<void> {
    const at = { namespace: LEASE_NAMESPACE, name: this.#name };
    const spec = {
      holderIdentity: this.#name,
      leaseDurationSeconds: LEASE_SECONDS,
      renewTime: formatMicroTime(Date.now() * 1000),
    };
    try {
      await this.#api.patch(kinds.leases, at, { spec });
    } catch (error) {
      if (!(error instanceof NotFoundError)) {
        throw error;
      }
      await this.#ensureNamespace();
      await this.#api.create(kinds.leases, {
        apiVersion: apiVersionOf(kinds.leases),
        kind: kinds.leases.kind,
        metadata: at,
        ...{ spec },
      });
    }
  }

  async #ensureNamespace(): Promise<void> {
    const name = LEASE_NAMESPACE;
    if (!(await this.#api.find<KubeObject>(kinds.namespaces, { name }))) {
      await this.#api.create(kinds.namespaces, {
        apiVersion: apiVersionOf(kinds.namespaces),
        kind: kinds.namespaces.kind,
        metadata: { name },
      });
    }
  }

  async #setStatus(ready: boolean): Promise<void> {
    const now = formatTime(Date.now());
    const condition = (
      type: string,
      status: boolean,
      reason: string,
      message: string,
    ) => ({
      type,
      status: status ? 'True' : 'False',
      reason,
      message,
      lastHeartbeatTime: now,
      lastTransitionTime: now,
    });
    await this.#api.patch(
      kinds.nodes,
      { name: this.#name },
      {
        status: {
          ...nodeResources(this.#machine),
          addresses: [
            { type: 'InternalIP', address: this.#ip },
            { type: 'Hostname', address: this.#name },
          ],
          conditions: [
            condition(
              'MemoryPressure',
              false,
              'KubeletHasSufficientMemory',
              'kubelet has sufficient memory available',
            ),
            condition(
              'DiskPressure',
              false,
              'KubeletHasNoDiskPressure',
              'kubelet has no disk pressure',
            ),
            condition(
              'PIDPressure',
              false,
              'KubeletHasSufficientPID',
              'kubelet has sufficient PID available',
            ),
            ready
              ? condition(
                  'Ready',
                  true,
                  'KubeletReady',
                  'kubelet is posting ready status',
                )
              : condition(
                  'Ready',
                  false,
                  'KubeletStopped',
                  'the embedded platform was stopped',
                ),
          ],
          daemonEndpoints: { kubeletEndpoint: { Port: this.#port } },
          nodeInfo: {
            architecture: this.#labels()['kubernetes.io/arch'],
            bootID: String(this.#startedAt),
            containerRuntimeVersion: 'process://1',
            kernelVersion: release(),
            kubeProxyVersion: '',
            kubeletVersion: 'v1.34.0-embedded',
            machineID: this.#name,
            operatingSystem: platform(),
            osImage: `${platform()} (local processes)`,
            systemUUID: this.#name,
          },
        },
      },
      'status',
    );
  }

  #labels(): Record<string, string> {
    const cpu = arch() === 'x64' ? 'amd64' : arch();
    return {
      'kubernetes.io/arch': cpu,
      'kubernetes.io/hostname': this.#name,
      'kubernetes.io/os': platform(),
    };
  }
}
