import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { Terminal } from '../support/Terminal';
import { Portal } from './support/Portal';
import { rayJob } from './support/rayJob';
import { CLUSTER, NAMESPACE, PORTAL_PORT } from './support/target';

/** A million lines of 200 bytes, within a minute. */
const COUNT = 1_000_000;
const textOf = (number: number) =>
  `line ${String(number).padStart(7, '0')} ${'x'.repeat(186)}`;
const CODE = `
import time
begun = time.time()
rest = "x" * 186
for number in range(1, ${COUNT} + 1):
    print(f"line {number:07d} {rest}")
    if number % 10_000 == 0:
        time.sleep(max(0, begun + number * 55 / ${COUNT} - time.time()))
print("all is said", flush=True)
`;

interface NumberedLines {
  readonly lines: readonly { readonly number: number; readonly text: string }[];
}

let portal: Portal;

test.beforeAll(async () => {
  portal = await Portal.signIn();
});

/** How many lines of the program there are, and the first one out of order. */
function check(lines: readonly string[]) {
  const said = lines.filter(text => text.startsWith('line '));
  const wrong = said.findIndex((text, index) => text !== textOf(index + 1));
  return { count: said.length, wrong };
}

const WHOLE = { count: COUNT, wrong: -1 };

for (const submissionMode of ['K8sJobMode', 'SidecarMode', 'HTTPMode']) {
  test(`200 MB in a minute are whole in ${submissionMode}: live, archived, by number`, async () => {
    const name = `burst-${submissionMode.toLowerCase()}`;
    const spec = { submissionMode, ttlSecondsAfterFinished: 600 };
    await portal.submit(rayJob({ name, code: CODE, spec }));
    const live = await portal.readLog(name);
    const { gaps, end } = live;
    expect({ ...check(live.lines), gaps, end }).toEqual({
      ...WHOLE,
      gaps: [],
      end: { reason: 'completed' },
    });
    await portal.untilState(name, 'succeeded');

    const path = `/jobs/${CLUSTER}/${NAMESPACE}/${name}/logs`;
    const archived = async () => {
      const response = await portal.request(`/api/ray${path}?source=driver/1`, {
        headers: { accept: 'text/plain' },
      });
      return (await response.text()).split('\n');
    };
    await expect
      .poll(async () => check(await archived()), {
        timeout: 120_000,
        intervals: [5_000],
      })
      .toEqual(WHOLE);
    const texts = await archived();

    // The same number is the same line, in the portal and in the terminal.
    const terminal = new Terminal({
      cwd: await mkdtemp(join(tmpdir(), 'bursts-')),
      env: { ML_PLATFORM_TOKEN: portal.token },
    });
    for (const at of [1, 500_000, COUNT]) {
      const number = texts.indexOf(textOf(at)) + 1;
      const { lines } = await portal.ray<NumberedLines>(
        `${path}/lines?from=${number}&count=1`,
      );
      expect(lines).toEqual([
        expect.objectContaining({ number, text: textOf(at) }),
      ]);
      const typed = await terminal.run(
        ...['logs', name, '--lines', `${number}-${number}`],
        ...['--portal', `http://localhost:${PORTAL_PORT}`, '-n', NAMESPACE],
      );
      expect(typed.stdout, typed.stderr).toContain(textOf(at));
    }
  });
}
