import {
  kinds,
  type Pod,
  podName,
  PORTS_ANNOTATION,
  parseTime,
  formatPorts,
} from '@ml-platform/embedded-controller-runtime';
import { Backoff, sleep } from '@ml-platform/kube';
import type { ContainerLog } from '../logs/ContainerLog';
import { allotPorts, NO_PORTS, type PodPorts } from '../network/allotPorts';
import { killAll, POD_MARKER } from '../process/processTable';
import {
  type ContainerRecord,
  type RunningContainer,
  runningContainer,
} from './ContainerRecord';
import type { ContainerContext } from './ContainerContext';
import { ContainerRunner } from './ContainerRunner';
import type { PodDeps } from './PodDeps';
import { DEADLINE_EXCEEDED, timeToDeadline } from './podDeadline';
import { exactly } from './kubeletBackoff';
import { PodPlace } from './PodPlace';
import { type PodState, podStatus } from './podStatus';
import { prepareAttempt } from './prepareAttempt';
import { StatusWriter } from './StatusWriter';

/** Runs one pod from its binding to its end. */
export class PodWorker {
  readonly place: PodPlace;
  readonly #deps: PodDeps;
  readonly #init: readonly ContainerRunner[];
  readonly #main: readonly ContainerRunner[];
  readonly #writer: StatusWriter;
  readonly #startedAt: number;
  readonly #ending = new AbortController();
  #pod: Pod;
  #ports: PodPorts = NO_PORTS;
  #prepared = false;
  #failure: PodState['failure'];
  #finished: Promise<void> | undefined;

  constructor(options: { readonly pod: Pod; readonly deps: PodDeps }) {
    const { pod, deps } = options;
    this.#pod = pod;
    this.#deps = deps;
    this.#startedAt = parseTime(pod.status?.startTime) ?? Date.now();
    this.place = new PodPlace({ dataDir: deps.dataDir, pod });
    this.#writer = new StatusWriter({
      api: deps.api,
      pod: () => this.#pod,
      status: () =>
        podStatus(this.#pod, this.#state(), { ip: deps.nodeIp }, Date.now()),
      logger: deps.logger,
    });
    const context: ContainerContext = {
      deps,
      pod: () => this.#pod,
      place: this.place,
      ports: () => this.#ports,
      onChange: () => this.#writer.write(),
    };
    const runners = (containers: Pod['spec']['containers'], init: boolean) =>
      containers.map(
        container =>
          new ContainerRunner({
            container,
            init,
            context,
            prepare: (runner, id, signal) =>
              prepareAttempt(runner, context, id, signal),
          }),
      );
    this.#init = runners(pod.spec.initContainers ?? [], true);
    this.#main = runners(pod.spec.containers, false);
  }

  /** The pod as the API server has it now. */
  update(pod: Pod): void {
    this.#pod = pod;
    if (pod.metadata.deletionTimestamp) {
      this.#writer.write();
    }
  }

  get pod(): Pod {
    return this.#pod;
  }

  /** The containers that run now. */
  running(): RunningContainer[] {
    return [...this.#main, ...this.#init].flatMap(
      ({ record }) => runningContainer(record) ?? [],
    );
  }

  record(container: string): ContainerRecord | undefined {
    return this.#runner(container)?.record;
  }

  growingLog(container: string, attempt: number): ContainerLog | undefined {
    return this.#runner(container)?.growingLog(attempt);
  }

  /** Runs the pod once; resolves when it has ended and only its logs are left. */
  run(): Promise<void> {
    this.#finished ??= this.#run();
    return this.#finished;
  }

  /** Ends the pod; resolves as {@link run}. */
  async stop(graceMs: number): Promise<void> {
    this.#ending.abort();
    await Promise.all(
      [...this.#main, ...this.#init].map(runner => runner.stop(graceMs)),
    );
    await this.run();
  }

  /** Ends the pod because its node ends: it has failed for this reason. */
  fail(failure: NonNullable<PodState['failure']>): Promise<void> {
    this.#failure ??= failure;
    this.#writer.lastTry();
    return this.stop(0);
  }

  async #run(): Promise<void> {
    const deadline = this.#endAtDeadline();
    try {
      this.#writer.write();
      if (await this.#prepare()) {
        await this.#runContainers();
      }
    } catch (error) {
      // Whatever it is: the pod can't go on, and says so.
      this.#deps.logger.error(`Pod ${podName(this.#pod)}: ${error}`);
      this.#failure ??= { reason: 'Error', message: String(error) };
    } finally {
      clearTimeout(deadline);
      await killAll(POD_MARKER, this.#pod.metadata.uid);
      this.#prepared = false;
      await this.#writer.flush();
      this.#deps.allotment.release([
        ...this.#ports.map.values(),
        ...Object.values(this.#ports.agent),
      ]);
      await this.place.removeFiles();
    }
  }

  async #runContainers(): Promise<void> {
    const sidecars: Promise<void>[] = [];
    const main = async () => {
      for (const runner of this.#init) {
        const run = runner.run();
        // A sidecar runs beside the containers that follow it.
        if (runner.container.restartPolicy === 'Always') {
          sidecars.push(run);
        } else {
          await run;
          if (this.#ending.signal.aborted || !runner.record.ready) {
            return;
          }
        }
      }
      await Promise.all(this.#main.map(runner => runner.run()));
    };
    await main();
    await Promise.all([
      ...this.#init.map(runner => runner.stop(this.#graceSeconds() * 1000)),
      ...sidecars,
    ]);
  }

  /** Makes folders, ports and volumes; false where the pod ended meanwhile. */
  async #prepare(): Promise<boolean> {
    const deps = this.#deps;
    const backoff = new Backoff(exactly(deps.backoff.setup));
    const { signal } = this.#ending;
    while (!signal.aborted) {
      try {
        await this.place.make();
        if (this.#ports === NO_PORTS) {
          this.#ports = await allotPorts(this.#pod, deps.allotment);
        }
        await this.#tellPorts();
        await deps.volumes.setUp(this.#pod, this.place.dir);
        this.#prepared = true;
        this.#writer.write();
        return true;
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        deps.events.record(this.#pod, {
          type: 'Warning',
          reason: 'FailedMount',
          message,
        });
        await sleep(backoff.next(), signal);
      }
    }
    return false;
  }

  async #tellPorts(): Promise<void> {
    const { namespace, name, uid } = this.#pod.metadata;
    const annotations = { [PORTS_ANNOTATION]: formatPorts(this.#ports.map) };
    if (this.#ports.map.size > 0) {
      await this.#deps.api.patch(
        kinds.pods,
        { namespace, name },
        { metadata: { uid, annotations } },
      );
    }
  }

  #endAtDeadline(): NodeJS.Timeout | undefined {
    const left = timeToDeadline(this.#pod, this.#startedAt, Date.now());
    return left === undefined
      ? undefined
      : setTimeout(() => {
          this.#failure = DEADLINE_EXCEEDED;
          void this.stop(this.#graceSeconds() * 1000);
        }, left);
  }

  #graceSeconds(): number {
    return this.#pod.spec.terminationGracePeriodSeconds ?? 30;
  }

  #state(): PodState {
    return {
      init: this.#init.map(({ record }) => record),
      main: this.#main.map(({ record }) => record),
      prepared: this.#prepared,
      ending: this.#ending.signal.aborted,
      failure: this.#failure,
      startedAt: this.#startedAt,
    };
  }

  #runner(name: string): ContainerRunner | undefined {
    return [...this.#main, ...this.#init].find(
      runner => runner.container.name === name,
    );
  }
}
