import { setTimeout } from 'node:timers/promises';
import type { Io } from '../../terminal/Io';
import { Screen } from '../../terminal/Screen';
import { table } from '../../output/table';
import type { Forwarding } from './Forwarding';

/** Milliseconds between two looks at the pods. */
const EVERY = 2_000;

/** Keeps a line for each on the terminal up to date, until the signal aborts. */
export async function showForwardings(
  io: Io,
  forwardings: readonly Forwarding[],
): Promise<void> {
  const { signal, stdout } = io;
  const screen = new Screen(io);
  try {
    while (!signal.aborted) {
      await Promise.all(forwardings.map(each => each.look(signal)));
      if (!signal.aborted) {
        screen.draw(
          table(
            forwardings,
            [
              { title: 'PAGE', value: ({ service }) => service.title },
              { title: 'ADDRESS', value: ({ url }) => url },
              { title: 'LEADS TO', value: ({ state }) => state },
            ],
            stdout.columns,
          ),
        );
      }
      await setTimeout(EVERY, undefined, { signal }).catch(() => {});
    }
  } finally {
    screen.end();
  }
}
