import { setTimeout as sleep } from 'node:timers/promises';
import { rayAnswer } from './rayAnswer.mjs';

const COLLECTIONS = [
  ['/apis/ray.io/v1', 'rayjobs'],
  ['/apis/ray.io/v1', 'rayclusters'],
  ['/apis/batch/v1', 'jobs'],
  ['/api/v1', 'pods'],
  ['/api/v1', 'services'],
  ['/api/v1', 'events'],
];

/** Milliseconds between two questions to Ray's Job API. */
const ASK = 250;

/** Takes down what happens in a namespace, and the log of each container there. */
export class NamespaceRecorder {
  /** The RayJob of each name, as it was last seen; gone ones are not in it. */
  jobs = new Map();
  #options;
  #logs = new Map();
  #work = [];
  #stop = new AbortController();

  /** @param options.file a RecordingFile */
  constructor(options) {
    this.#options = options;
  }

  /** Begins to watch. */
  start() {
    for (const [base, plural] of COLLECTIONS) {
      this.#work.push(this.#watch(base, plural));
    }
  }

  /** Begins to ask Ray's Job API about a job. */
  ask(name) {
    this.#work.push(this.#ask(name));
  }

  /** Ends the watches, and takes down the logs. */
  async finish() {
    this.#stop.abort();
    await Promise.allSettled(this.#work);
    for (const log of this.#logs.values()) {
      this.#options.file.log(log);
    }
    await this.#options.file.close();
  }

  async #watch(base, plural) {
    const { kubectl, namespace, file } = this.#options;
    const path = `${base}/namespaces/${namespace}/${plural}`;
    const changes = kubectl.watch(path, this.#stop.signal);
    for await (const { type, object } of changes) {
      file.change(type, object);
      if (object.kind === 'RayJob' && type === 'DELETED') {
        this.jobs.delete(object.metadata.name);
      } else if (object.kind === 'RayJob') {
        this.jobs.set(object.metadata.name, object);
      } else if (object.kind === 'Pod') {
        this.#readLogs(object);
      }
    }
  }

  #readLogs({ metadata, status }) {
    for (const { name, state } of status?.containerStatuses ?? []) {
      const key = `${metadata.name}/${name}`;
      if ((state?.running || state?.terminated) && !this.#logs.has(key)) {
        const log = { pod: metadata.name, container: name, lines: [] };
        this.#logs.set(key, log);
        this.#work.push(this.#readLog(log));
      }
    }
  }

  /** While it is written: the log goes with its pod. */
  async #readLog({ pod, container, lines }) {
    const { kubectl, namespace } = this.#options;
    const read = kubectl.lines(
      this.#stop.signal,
      ...['logs', pod, '-c', container, '-n', namespace],
      ...['--follow', '--timestamps'],
    );
    for await (const line of read) {
      lines.push(line);
    }
  }

  async #ask(name) {
    const { kubectl, file } = this.#options;
    let last = '';
    while (!this.#stop.signal.aborted) {
      const answer = await rayAnswer(kubectl, this.jobs.get(name));
      const text = JSON.stringify(answer);
      if (answer && text !== last) {
        last = text;
        file.ray(answer);
      }
      await sleep(ASK);
    }
  }
}
