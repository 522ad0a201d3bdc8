import { sleep } from '@ml-platform/kube';
import type { LogFeed } from './LogFeed';
import { readFolded, type FoldedLine } from './readFolded';

/** Lines of one step, the latest ones: more than a screen shows. */
const LATEST = 300;
/** Characters of text in the lines of one step. */
const MOST_TEXT = 512 * 1024;
/** Milliseconds between two steps. */
const PACE = 100;

/**
 * Follows a log: each step has the latest of its new lines, and the first step the
 * latest of all. Lines that come faster are left out; they can be read by their
 * numbers. Ends when the log has ended, or begins anew.
 *
 * @param options.fold - whether equal lines are told of once, again when there are more of them
 * @returns why it ended
 * @throws what the log, or the disk, fails with
 */
export async function* followFeed(
  feed: LogFeed,
  options: { readonly fold: boolean; readonly signal: AbortSignal },
): AsyncGenerator<readonly FoldedLine[], 'completed' | 'restarted'> {
  const { fold, signal } = options;
  const { log } = feed;
  let told = 0;
  while (!signal.aborted) {
    // A change while the step is taken counts too.
    const changed = feed.changed(signal);
    const isEnded = feed.end !== undefined;
    const { last } = log;
    const from = Math.max(told + 1, last - LATEST + 1);
    const limits = { count: LATEST, maxLength: MOST_TEXT };
    const lines: readonly FoldedLine[] = await (fold
      ? readFolded(log, from, limits)
      : log.read(from, limits));
    if (feed.log !== log) {
      return 'restarted';
    }
    const latest = lines.at(-1);
    // Where nothing comes after a gap, there is no line with the last number.
    told = latest?.until ?? latest?.number ?? last;
    yield lines;
    if (isEnded) {
      return 'completed';
    }
    if (feed.failure !== undefined) {
      throw feed.failure;
    }
    if (told === log.last) {
      await changed;
    }
    await sleep(PACE, signal);
  }
  return 'completed';
}
