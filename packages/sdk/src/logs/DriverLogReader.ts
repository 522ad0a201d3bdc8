import { setTimeout } from 'node:timers/promises';
import { hasLeftRun, jobAttempt, type RayJob } from '@ml-platform/rayjob';
import {
  RefusalPatience,
  type PodLogCursor,
  type PodLogEnd,
} from '@ml-platform/kube';
import type {
  DriverLogEvent,
  DriverLogSource,
  KnownLines,
} from './driverLogTypes';
import { driverPlace, type SubmitterPlace } from './driverPlace';
import { hasEnded } from './hasEnded';
import { RayJobLog } from './RayJobLog';
import { readAllLines } from './readAllLines';
import { readJobAndPods } from './readJobAndPods';
import { runName } from './runName';
import { SubmitterLog } from './SubmitterLog';
import { SubmitterReader } from './SubmitterReader';

/**
 * Times the usual wait between two looks at a run whose driver has ended:
 * nobody watches, and a suspended job may stay so for days.
 */
const AGAIN = 5;

const NEXT_RUN =
  'The job was submitted again; what follows is the log of the new attempt';

/** The work of {@link driverLog}: one job, any number of runs and submitters. */
export class DriverLogReader {
  readonly #options: DriverLogSource;
  readonly #patience = new RefusalPatience();
  /** Name of the run that is read. */
  #run: string | undefined;
  /** What of the run was read last: a pod, or Ray's own log. */
  #place: string | undefined;
  #log: SubmitterLog | undefined;
  #known: KnownLines | undefined;
  #said = '';
  #end: PodLogEnd | undefined;

  constructor(options: DriverLogSource) {
    this.#options = options;
    this.#run = options.cursor?.run;
    this.#known = options.known;
  }

  async *run(): AsyncGenerator<DriverLogEvent, PodLogEnd> {
    const end = yield* this.#readRuns();
    yield* this.#log?.end() ?? [];
    return end;
  }

  async *#readRuns(): AsyncGenerator<DriverLogEvent, PodLogEnd> {
    const { signal, follow, previous } = this.#options;
    while (!signal.aborted) {
      const patience = this.#patience;
      const found = await readJobAndPods({ ...this.#options, patience });
      if (found.kind === 'gone') {
        if (!this.#said && !this.#end) {
          throw found.error;
        }
        return this.#end ?? 'deleted';
      }
      if (found.kind === 'unreachable') {
        if (!follow) {
          throw found.error;
        }
        yield* this.#waitFor(found.error.message);
        continue;
      }
      const { job } = found;
      if (this.#hasLeft(job)) {
        return this.#end ?? 'deleted';
      }
      const place = driverPlace(job, found.pods);
      const before = this.#end;
      if (place.kind === 'ray') {
        yield* this.#readRay(job, place.jobId);
      } else if (place.kind === 'submitter') {
        yield* this.#readSubmitters(job, place.submitters);
      }
      if ((!follow || previous) && this.#end) {
        return this.#end;
      }
      if (this.#end !== before) {
        continue;
      }
      if (this.#isOver(job)) {
        return this.#end ?? 'not-found';
      }
      if (!follow) {
        return 'not-found';
      }
      yield* this.#waitFor(place.kind === 'none' ? place.message : undefined);
    }
    return 'read';
  }

  /** True when the job is past the run that alone is read. */
  #hasLeft(job: RayJob): boolean {
    const { run } = this.#options;
    const isAnother = this.#end !== undefined && runName(job) !== this.#run;
    return (
      run !== undefined &&
      (isAnother || jobAttempt(job) > run.attempt || hasLeftRun(run, job))
    );
  }

  #isOver(job: RayJob): boolean {
    const retries = job.status?.jobDeploymentStatus === 'Retrying';
    return hasEnded(job) || (this.#options.run !== undefined && retries);
  }

  /** Waits, and says for what when that is new. */
  async *#waitFor(message: string | undefined): AsyncGenerator<DriverLogEvent> {
    const { signal, pollMs = 1_000, run } = this.#options;
    if (message !== undefined && message !== this.#said) {
      this.#said = message;
      yield { type: 'waiting', message };
    }
    const ms = this.#end && run ? AGAIN * pollMs : pollMs;
    await setTimeout(ms, undefined, { signal }).catch(() => {});
  }

  /** To be called when there is something to read: a pod can outlive its run. */
  *#enterRun(name: string): Generator<DriverLogEvent> {
    if (this.#run !== undefined && this.#run !== name) {
      yield* this.#log?.end() ?? [];
      this.#log = undefined;
      this.#known = undefined;
      yield { type: 'gap', reason: NEXT_RUN };
    }
    this.#run = name;
  }

  /** The place from which to continue in a run. */
  #cursorIn(name: string): PodLogCursor | number | undefined {
    const { cursor } = this.#options;
    return cursor?.run === name ? cursor.place : undefined;
  }

  /** Lines from the end are asked for only of what is read first. */
  get #tailLines(): number | undefined {
    const { cursor, tailLines } = this.#options;
    return this.#end || cursor ? undefined : tailLines;
  }

  async *#readRay(
    job: RayJob,
    jobId: string,
  ): AsyncGenerator<DriverLogEvent, void> {
    if (this.#place === jobId) {
      return;
    }
    const name = runName(job);
    const read = this.#cursorIn(name);
    yield* this.#enterRun(name);
    this.#place = jobId;
    this.#end = yield* new RayJobLog({
      ...this.#options,
      job,
      runName: name,
      patience: this.#patience,
      read: typeof read === 'number' ? read : undefined,
      tailLines: this.#tailLines,
    }).run();
  }

  /** Reads what the submitters of a run wrote since the place that was read. */
  async *#readSubmitters(
    job: RayJob,
    submitters: readonly SubmitterPlace[],
  ): AsyncGenerator<DriverLogEvent, void> {
    const name = runName(job);
    const cursor = this.#cursorIn(name);
    const resume = typeof cursor === 'object' ? cursor : undefined;
    const last = this.#place ?? resume?.podUid;
    const at = submitters.findIndex(({ podUid }) => podUid === last);
    const first = this.#place === undefined ? at : at + 1;
    // Without a place, the newest has all that the driver wrote.
    for (const submitter of submitters.slice(at < 0 ? -1 : first)) {
      yield* this.#enterRun(name);
      this.#log ??= new SubmitterLog({
        run: name,
        cursor: resume,
        known: this.#known,
        isTail: this.#tailLines !== undefined,
      });
      const earlier = submitters.find(
        ({ podUid }) => podUid === this.#log?.cursor?.podUid,
      );
      if (earlier && earlier !== submitter && !this.#log.complete) {
        const { client, signal } = this.#options;
        const patience = this.#patience;
        this.#log.recall(
          await readAllLines({ client, signal, patience, ...earlier }),
        );
      }
      yield* this.#readSubmitter(job, this.#log, submitter);
    }
  }

  async *#readSubmitter(
    job: RayJob,
    log: SubmitterLog,
    submitter: SubmitterPlace,
  ): AsyncGenerator<DriverLogEvent, void> {
    const cursor = this.#cursorIn(runName(job));
    this.#place = submitter.podUid;
    this.#end = yield* new SubmitterReader({
      ...this.#options,
      ...{ job, log, submitter, cursor },
      patience: this.#patience,
      tailLines: this.#tailLines,
    }).run();
  }
}
