import { ConflictError, NotFoundError } from '@backstage/errors';
import { type KubeClient, type Logger, sleep } from '@ml-platform/kube';
import {
  type EventRecorder,
  type KubeApi,
  kinds,
  ObjectCache,
  type Pod,
  podName,
  formatTime,
} from '@ml-platform/embedded-controller-runtime';
import { isOver } from '../pods/lostStatus';
import { type Room, whyNot } from './fit';

const DEFAULT = 'default-scheduler';
const RETRY_MS = 30_000;

/** Binds pods to the one node there is, as kube-scheduler would. */
export class Scheduler {
  readonly #api: KubeApi;
  readonly #events: EventRecorder;
  readonly #nodeName: string;
  readonly #room: Room;
  readonly #logger: Logger;
  readonly #pods: ObjectCache<Pod>;
  /** Bound a moment ago; the watch has not told it yet. */
  readonly #assumed = new Map<string, Pod>();
  /** Last reason told for a pod, and when. */
  readonly #told = new Map<string, string>();
  #changed = new AbortController();

  constructor(options: {
    readonly api: KubeApi;
    readonly client: KubeClient;
    readonly events: EventRecorder;
    readonly nodeName: string;
    readonly room: Room;
    readonly logger: Logger;
  }) {
    this.#api = options.api;
    this.#events = options.events;
    this.#nodeName = options.nodeName;
    this.#room = options.room;
    this.#logger = options.logger;
    this.#pods = new ObjectCache<Pod>({
      client: options.client,
      resource: kinds.pods,
      logger: options.logger,
      handler: {
        changed: (pod, previous) => {
          // Most changes of running pods leave as much room as there was.
          if (
            !pod.spec.nodeName ||
            (isOver(pod) && !(previous && isOver(previous)))
          ) {
            this.#changed.abort();
          }
        },
        removed: pod => {
          this.#told.delete(pod.metadata.uid);
          this.#changed.abort();
        },
      },
    });
  }

  /** Schedules until the signal. */
  async run(signal: AbortSignal): Promise<void> {
    const watching = this.#pods.run(signal);
    await Promise.race([this.#pods.synced(), watching]);
    while (!signal.aborted) {
      this.#changed = new AbortController();
      await this.#scheduleAll();
      await sleep(RETRY_MS, AbortSignal.any([signal, this.#changed.signal]));
    }
    await watching;
  }

  async #scheduleAll(): Promise<void> {
    const pods = this.#pods.list(pod => !isOver(pod));
    for (const pod of pods) {
      if (pod.spec.nodeName) {
        this.#assumed.delete(pod.metadata.uid);
      }
    }
    const waiting = pods.filter(
      pod =>
        !pod.spec.nodeName &&
        !pod.metadata.deletionTimestamp &&
        !this.#assumed.has(pod.metadata.uid) &&
        (pod.spec.schedulerName ?? DEFAULT) === DEFAULT,
    );
    for (const pod of waiting) {
      try {
        await this.#schedule(pod, pods);
      } catch (error) {
        if (!(
          error instanceof NotFoundError || error instanceof ConflictError
        )) {
          this.#logger.warn(`Pod ${podName(pod)} was not scheduled: ${error}`);
        }
      }
    }
  }

  async #schedule(pod: Pod, pods: readonly Pod[]): Promise<void> {
    const bound = [
      ...pods.filter(other => other.spec.nodeName === this.#nodeName),
      ...this.#assumed.values(),
    ];
    const reason = whyNot(pod, bound, this.#room);
    if (reason) {
      await this.#refuse(pod, reason);
      return;
    }
    const { namespace, name, uid } = pod.metadata;
    await this.#api.createSubresource(
      kinds.pods,
      { namespace, name },
      'binding',
      {
        apiVersion: 'v1',
        kind: 'Binding',
        metadata: { namespace, name, uid },
        target: { apiVersion: 'v1', kind: 'Node', name: this.#nodeName },
      },
    );
    this.#assumed.set(uid, pod);
    this.#told.delete(uid);
    this.#events.record(pod, {
      type: 'Normal',
      reason: 'Scheduled',
      message: `Successfully assigned ${podName(pod)} to ${this.#nodeName}`,
    });
  }

  async #refuse(pod: Pod, reason: string): Promise<void> {
    const { namespace, name, uid, generation } = pod.metadata;
    if (this.#told.get(uid) === reason) {
      return;
    }
    this.#told.set(uid, reason);
    this.#events.record(pod, {
      type: 'Warning',
      reason: 'FailedScheduling',
      message: reason,
    });
    const condition = {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message: reason,
      lastProbeTime: null,
      lastTransitionTime: formatTime(Date.now()),
      ...(generation === undefined ? {} : { observedGeneration: generation }),
    };
    await this.#api.patch(
      kinds.pods,
      { namespace, name },
      {
        metadata: { uid },
        status: { phase: 'Pending', conditions: [condition] },
      },
      'status',
    );
  }
}
