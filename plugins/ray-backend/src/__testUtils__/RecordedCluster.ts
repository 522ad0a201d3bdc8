import { SUBMITTER_CONTAINER, type Pod } from '@ml-platform/rayjob';
import type {
  RecordedAnswer,
  RecordedChange,
  RecordedLog,
  RecordedObject,
  Recording,
} from '@ml-platform/recordings';
import { sleep } from '@ml-platform/kube';
import {
  FakeKubeApi,
  rayAnswer,
  until,
  type FakeAnswer,
  type FakePodLog,
} from '@ml-platform/kube/testUtils';

const PLURALS: Readonly<Record<string, string>> = {
  RayJob: 'rayjobs',
  RayCluster: 'rayclusters',
  Job: 'jobs',
  Pod: 'pods',
  Service: 'services',
  Event: 'events',
};

/** Milliseconds in which a log's reader has to be there before its pod goes. */
const READER = 20_000;

/** Milliseconds in which those who read from Ray's Job API ask once more. */
const ASKED = 2_500;

/** Something of a recording that is due at `t`, in seconds since its start. */
interface Step {
  readonly t: number;
  readonly play: () => void | Promise<void>;
}

/**
 * A cluster on which recordings happen once more, each in its namespace: every
 * change in its order, and every line of a log when it was written.
 */
export class RecordedCluster {
  readonly #ended = new Set<FakePodLog>();
  readonly #answers = new Map<string, RecordedAnswer>();

  /** Times as fast as it was. */
  readonly #speed: number;

  private constructor(
    readonly api: FakeKubeApi,

    speed: number,
  ) {
    this.#speed = speed;

    api.answer = (path, query) => this.#answer(path, query);
  }

  static async start(speed: number): Promise<RecordedCluster> {
    return new RecordedCluster(await FakeKubeApi.start(), speed);
  }

  close(): Promise<void> {
    return this.api.close();
  }

  /** Plays a recording to its end. */
  async play(recording: Recording): Promise<void> {
    const steps = [
      ...recording.logs.flatMap(log => this.#lines(recording, log)),
      ...recording.changes.map(change => this.#change(recording, change)),
    ].sort((a, b) => a.t - b.t);
    const begun = Date.now();
    for (const { t, play } of steps) {
      const early = begun + (t * 1_000) / this.#speed - Date.now();
      await sleep(Math.max(0, early));
      await play();
    }
  }

  #lines(recording: Recording, log: RecordedLog): Step[] {
    const { pod, container, lines } = log;
    const to = this.api.log(recording.namespace, pod, container);
    const end = endOf(recording, log);
    return lines.map(line => {
      const space = line.indexOf(' ');
      const time = line.slice(0, space);
      const written = (Date.parse(time) - recording.startedAt) / 1_000;
      return {
        // The clocks are some hundred milliseconds apart.
        t: Math.min(written, end),
        play: () => to.append(time, line.slice(space + 1)),
      };
    });
  }

  #change(recording: Recording, change: RecordedChange): Step {
    const { t } = change;
    switch (change.type) {
      case 'TRICK':
        return { t, play: () => {} };
      case 'RAY':
        return {
          t,
          play: async () => {
            this.#answers.set(change.answer.jobId, change.answer);
            // It is asked in seconds, however fast this cluster lives.
            await sleep(isLastAnswer(recording, change.answer) ? ASKED : 0);
          },
        };
      default:
        return {
          t,
          play: async () => {
            if (change.object.kind === 'Pod') {
              await this.#endLogs(recording, change.type, change.object);
            }
            this.#put(change.type, change.object);
          },
        };
    }
  }

  #put(type: RecordedChange['type'], object: RecordedObject): void {
    const { kind, metadata } = object;
    const collection = this.api.collection(PLURALS[kind]);
    if (type === 'DELETED') {
      collection.delete(`${metadata.namespace}/${metadata.name}`);
    } else {
      collection.put(object);
    }
  }

  /** Ends the logs of containers that have ended, once somebody reads the driver's. */
  async #endLogs(
    recording: Recording,
    type: RecordedChange['type'],
    pod: Pod,
  ): Promise<void> {
    const { namespace = '', name } = pod.metadata;
    for (const log of recording.logs.filter(one => one.pod === name)) {
      const stream = this.api.log(namespace, name, log.container);
      const over = type === 'DELETED' || hasEnded(pod, log.container);
      if (over && !this.#ended.has(stream)) {
        this.#ended.add(stream);
        if (log.container === SUBMITTER_CONTAINER) {
          await until(() => stream.followerCount > 0, READER);
        }
        stream.end();
      }
    }
  }

  /** What Ray's dashboard says by now, through the API server's proxy. */
  #answer(path: string, query: URLSearchParams): FakeAnswer | undefined {
    const [, namespace, service] =
      /^\/api\/v1\/namespaces\/([^/]+)\/services\/([^/:]+):8265\/proxy\//.exec(
        path,
      ) ?? [];
    if (!service) {
      return undefined;
    }
    if (!this.api.collection('services').get(`${namespace}/${service}`)) {
      const message = `services "${service}" not found`;
      return { code: 404, body: { kind: 'Status', code: 404, message } };
    }
    const answer = rayAnswer(path, query, id => this.#answers.get(id));
    if (answer?.code === 404) {
      const message = 'no endpoints available for service';
      return { code: 503, body: { kind: 'Status', code: 503, message } };
    }
    return answer;
  }
}

/** Whether it is what Ray's Job API said of a job before its cluster went. */
function isLastAnswer({ changes }: Recording, answer: RecordedAnswer): boolean {
  const answers = changes.flatMap(change =>
    change.type === 'RAY' && change.answer.jobId === answer.jobId
      ? [change.answer]
      : [],
  );
  return answers.at(-1) === answer;
}

function hasEnded(pod: Pod, container: string): boolean {
  return (
    pod.status?.containerStatuses?.some(
      ({ name, state }) => name === container && state?.terminated,
    ) ?? false
  );
}

/** When a recorded container ended, in seconds since the start. */
function endOf(recording: Recording, { pod, container }: RecordedLog): number {
  const end = recording.changes.find(
    change =>
      'object' in change &&
      change.object.kind === 'Pod' &&
      change.object.metadata.name === pod &&
      (change.type === 'DELETED' || hasEnded(change.object, container)),
  );
  return end?.t ?? Infinity;
}
