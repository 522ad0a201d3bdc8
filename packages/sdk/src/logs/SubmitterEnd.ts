import type { LogLine } from '@ml-platform/kube';
import { LAST } from './SubmitterBeginning';

/** Lines from the end of a piece among which the last one of Ray's command line is. */
const SOON = 20;
/** Characters of a log that its node may have begun a new file after. */
const SMALLEST_FILE = 1024 * 1024;

/**
 * Tells whether the end of a submitter's log may be missing: its node begins a new file
 * also when the container is about to end, and gives out the newest file alone.
 */
export class SubmitterEnd {
  #length = 0;
  #isSeen = false;

  take(lines: readonly LogLine[]): void {
    for (const { text } of lines) {
      this.#length += text.length;
    }
    this.#isSeen ||= lines.slice(-SOON).some(({ text }) => LAST.test(text));
  }

  /** True for a long log without what Ray's command line says at last. */
  get mayLack(): boolean {
    return !this.#isSeen && this.#length >= SMALLEST_FILE;
  }
}
