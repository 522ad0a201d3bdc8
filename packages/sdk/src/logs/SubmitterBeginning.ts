import type { PodLogEvent } from '@ml-platform/kube';

type Lines = Extract<PodLogEvent, { type: 'lines' }>;

/** What Ray's command line prints before anything of the driver. */
const FIRST =
  /Job submission server address|^Waiting for Ray Dashboard GCS to become healthy/;
/** What it prints when the driver has ended. */
export const LAST =
  /\bcli\.py:\d+ -- .*Job '.*' (?:succeeded|failed|was stopped)/;

/** Lines within which the first one comes, behind Python's own warnings. */
const SOON = 30;

/**
 * Tells whether what a node still has of a submitter's log begins where the submitter
 * began, or the node has rotated lines away that were before.
 */
export class SubmitterBeginning {
  readonly #hasBegun: boolean;
  readonly #events: Lines[] = [];
  #lines = 0;
  #isCut = false;

  /** @param hasBegun - whether it is known that the submitter has said something */
  constructor(hasBegun: boolean) {
    this.#hasBegun = hasBegun;
  }

  /** What came while it wasn't decided, and what decided it. */
  get events(): readonly Lines[] {
    return this.#events;
  }

  /** True where lines were before; false also while that isn't known. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** True where the first line must be there by now. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** Takes the lines that come next; true once it is known whether there were others. */
  take(event: Lines): boolean {
    this.#events.push(event);
    const left = Math.max(0, SOON - this.#lines);
    this.#lines += event.lines.length;
    const texts = event.lines.slice(0, left).map(({ text }) => text);
    if (texts.some(text => FIRST.test(text))) {
      return true;
    }
    this.#isCut = this.#lines >= SOON || texts.some(text => LAST.test(text));
    return this.#isCut;
  }

  /** Decides where no more lines come for now. */
  settle(): void {
    this.#isCut = this.#hasBegun;
  }
}
