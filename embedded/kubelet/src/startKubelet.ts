import { KubeClient, kubeConfigAccess, type Logger } from '@ml-platform/kube';
import type { KubeConfig } from '@kubernetes/client-node';
import { createHash } from 'node:crypto';
import { mkdir, realpath } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import {
  countedEvents,
  EventRecorder,
  KubeApi,
} from '@ml-platform/embedded-controller-runtime';
import type { ImageStore } from '@ml-platform/embedded-images';
import { ConfigSource } from './environment/ConfigSource';
import type { NodeFacts } from './environment/fieldRef';
import { ImagePuller } from './images/ImagePuller';
import { NanoClock } from './logs/NanoClock';
import { PodLogs } from './logs/PodLogs';
import { PortAllotment } from './network/PortAllotment';
import { Services } from './network/Services';
import { allocatable, type Machine } from './node/capacity';
import { NodeAgent } from './node/NodeAgent';
import { type KubeletBackoff, kubeletBackoff } from './pods/kubeletBackoff';
import { ContainerSetup } from './pods/ContainerSetup';
import type { PodDeps } from './pods/PodDeps';
import { PodManager } from './pods/PodManager';
import { startGuardian } from './process/guardian';
import { killAll, NODE_MARKER } from './process/processTable';
import { KubeletServer } from './node/KubeletServer';
import { NodeStats } from './stats/NodeStats';
import { Scheduler } from './schedule/Scheduler';
import { PodVolumes } from './volumes/PodVolumes';

export interface KubeletOptions {
  readonly kubeConfig: KubeConfig;
  readonly nodeName: string;
  /** Pods have their logs in its folder `pods`; one node for a folder. */
  readonly dataDir: string;
  readonly images: ImageStore;
  /** Bearer token for the logs that the node serves. */
  readonly kubeletToken: string;
  readonly logger: Logger;
  /** Ends the node, and every process of its pods with it. */
  readonly signal: AbortSignal;
  /** Default: the machine's own. */
  readonly machine?: Machine;
  /** Default: kubelet's. */
  readonly backoff?: KubeletBackoff;
}

/** A running node. */
export interface Kubelet {
  /** Port on 127.0.0.1 that serves `/containerLogs/…`. */
  readonly port: number;
  /** Resolves after the signal, when nothing that the node started is left. */
  readonly done: Promise<void>;
}

/** Address of the node and all of its pods. */
const LOOPBACK = '127.0.0.1';

/**
 * Starts the embedded node: an ordinary client of the Kubernetes API that binds
 * pods to itself and runs their containers as local processes.
 *
 * Resolves when the node is registered and ready.
 */
export async function startKubelet(options: KubeletOptions): Promise<Kubelet> {
  const { logger, signal, nodeName } = options;
  await mkdir(options.dataDir, { recursive: true });
  const dataDir = await realpath(options.dataDir);
  const machine = options.machine ?? {
    cpus: cpus().length,
    memory: totalmem(),
  };
  const nodeMarker = createHash('sha256')
    .update(dataDir)
    .digest('hex')
    .slice(0, 16);
  const leftovers = await killAll(NODE_MARKER, nodeMarker);
  if (leftovers > 0) {
    logger.info(`Ended ${leftovers} processes of an earlier run`);
  }
  const endGuardian = startGuardian(nodeMarker);

  const client = new KubeClient({
    access: kubeConfigAccess(options.kubeConfig),
  });
  const api = new KubeApi({ client });
  const recorder = (component: string, host?: string) =>
    new EventRecorder({ api, form: countedEvents(component, host), logger });
  const events = recorder('kubelet', nodeName);
  const schedulerEvents = recorder('default-scheduler');
  const node: NodeFacts = {
    nodeName,
    podIP: LOOPBACK,
    hostIP: LOOPBACK,
    allocatable: allocatable(machine),
  };
  const config = new ConfigSource({ api });
  const volumes = new PodVolumes({ config, node });
  const waiting = new Set<() => void>();
  const services = new Services({
    client,
    logger,
    onChange: () => waiting.forEach(wake => wake()),
  });
  const deps: PodDeps = {
    api,
    events,
    puller: new ImagePuller({ images: options.images }),
    setup: new ContainerSetup({ node, nodeMarker, config, services, volumes }),
    volumes,
    allotment: new PortAllotment(),
    clock: new NanoClock(),
    logger,
    dataDir,
    nodeIp: LOOPBACK,
    servicesChanged: until =>
      new Promise(resolve => {
        const wake = () => {
          waiting.delete(wake);
          resolve();
        };
        waiting.add(wake);
        until.addEventListener('abort', wake, { once: true });
      }),
    backoff: options.backoff ?? kubeletBackoff,
  };
  const pods = new PodManager({ deps, client, nodeName });
  const stats = new NodeStats({ nodeName, pods, now: Date.now });
  const server = new KubeletServer({
    logs: new PodLogs({ pods }),
    stats: () => stats.summary(),
    token: options.kubeletToken,
    logger,
    now: Date.now,
  });
  const port = await server.listen();
  const agent = new NodeAgent({
    api,
    name: nodeName,
    ip: LOOPBACK,
    port,
    machine,
    logger,
  });
  await agent.register();
  const scheduler = new Scheduler({
    api,
    client,
    events: schedulerEvents,
    nodeName,
    room: roomOf(node),
    logger,
  });

  const run = async () => {
    const servicesRun = services.run(signal);
    await Promise.race([services.synced(), servicesRun]);
    const sweep = pods.sweep().catch(error => logger.warn(`${error}`));
    await Promise.all([
      servicesRun,
      pods.run(signal),
      scheduler.run(signal),
      agent.run(signal),
    ]);
    await pods.close();
    await Promise.race([sweep, Promise.resolve()]);
    await killAll(NODE_MARKER, nodeMarker);
    await agent.leave();
    await Promise.all([events.flush(), schedulerEvents.flush()]);
    await server.close();
    client.close();
    endGuardian();
  };
  return { port, done: run() };
}

function roomOf(node: NodeFacts) {
  return {
    allocatable: new Map([
      ['cpu', node.allocatable.milliCpu],
      ['memory', node.allocatable.memory],
    ]),
    labels: { 'kubernetes.io/hostname': node.nodeName },
  };
}
