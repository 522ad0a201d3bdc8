import { createWriteStream } from 'node:fs';
import { mergePatch } from './mergePatch.mjs';

/**
 * Writes a recording, a change a line: an object whole where it is seen first,
 * and later what changed of it. Its format is told in
 * packages/recordings/README.md.
 */
export class RecordingFile {
  #known = new Map();
  #file;
  #start;

  /** @param path of the file, which is written anew */
  constructor(path, start = Date.now()) {
    this.#file = createWriteStream(path);
    this.#start = start;
    this.#write({ t: 0, type: 'START', time: new Date(start).toISOString() });
  }

  /** Seconds since the start, in hundredths. */
  get now() {
    return Math.round((Date.now() - this.#start) / 10) / 100;
  }

  /** Takes down a change of an object as a watch tells it. */
  change(type, { ...object }, t = this.now) {
    const { kind, apiVersion, metadata } = object;
    object.metadata = { ...metadata, managedFields: undefined };
    const after = JSON.parse(JSON.stringify(object));
    const { name } = metadata;
    const key = `${kind}/${name}`;
    const before = this.#known.get(key);
    if (type === 'DELETED') {
      this.#known.delete(key);
    } else {
      this.#known.set(key, after);
    }
    if (before) {
      const { metadata: changed, ...patch } = mergePatch(before, after);
      this.#write({
        t,
        type,
        patch: { apiVersion, kind, metadata: { name, ...changed }, ...patch },
      });
    } else {
      this.#write({ t, type, object: after });
    }
  }

  /** Takes down the RayJob as it is applied. */
  apply(object, t = this.now) {
    this.#write({ t, type: 'APPLY', object });
  }

  /** Takes down what was done to the job from outside, as the shell ran it. */
  trick(did, t = this.now) {
    this.#write({ t, type: 'TRICK', did });
  }

  /** Takes down what Ray's Job API answers: `{status, message, logs}`. */
  ray(answer, t = this.now) {
    this.#write({ t, type: 'RAY', answer });
  }

  /** Takes down the whole log of a container, as the kubelet stamps its lines. */
  log({ pod, container, lines }) {
    this.#write({ type: 'LOG', pod, container, lines });
  }

  close() {
    return new Promise(resolve => {
      this.#file.end(resolve);
    });
  }

  #write(line) {
    this.#file.write(`${JSON.stringify(line)}\n`);
  }
}
