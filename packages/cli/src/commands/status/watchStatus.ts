import { setTimeout } from 'node:timers/promises';
import { statusFaults, type Platform } from '@ml-platform/sdk';
import type { Cli } from '../../Cli';
import { write } from '../../output/write';
import { Screen } from '../../terminal/Screen';
import type { StatusOptions } from './command';
import { statusText } from './runStatus';

/** Milliseconds from one answer to the next question. */
const EVERY = 3_000;

/**
 * Keeps the status on a terminal up to date; elsewhere prints it when it changes,
 * for programs as one line of JSON.
 */
export async function watchStatus(
  cli: Cli,
  options: StatusOptions,
  platform: Platform,
): Promise<void> {
  const { io } = cli;
  const { signal, stdout } = io;
  const forPrograms = options.output !== 'table';
  const screen = new Screen(io);
  let last = '';
  try {
    while (!signal.aborted) {
      const status = await platform.status({ signal });
      if (signal.aborted) {
        return;
      }
      const text = forPrograms
        ? `${JSON.stringify({ ...status, faults: statusFaults(status) })}\n`
        : statusText(status, cli);
      if (stdout.isTTY && !forPrograms) {
        screen.draw(text);
      } else if (text !== last) {
        await write(stdout, text);
      }
      last = text;
      await setTimeout(EVERY, undefined, { signal }).catch(() => {});
    }
  } finally {
    screen.end();
  }
}
