import { setTimeout } from 'node:timers/promises';
import type { LogLine } from '@ml-platform/kube';
import type { PlainLogEvent } from './logEvents';
import { mergeLogs, type MergeSource } from './mergeLogs';

const at = (second: number, text: string): LogLine => ({
  time: `2026-11-23T21:06:${String(second).padStart(2, '0')}.000000000Z`,
  text,
});

function source(
  name: string,
  pieces: readonly (readonly LogLine[] | number | Error)[],
): MergeSource {
  async function* stream(): AsyncGenerator<PlainLogEvent, void> {
    for (const piece of pieces) {
      if (piece instanceof Error) {
        throw piece;
      }
      if (typeof piece === 'number') {
        await setTimeout(piece);
      } else {
        yield { type: 'lines', lines: piece };
      }
    }
  }
  return { name, stream: stream() };
}

async function merge(sources: readonly MergeSource[], windowMs?: number) {
  let given = false;
  const texts: string[] = [];
  const gaps: string[] = [];
  for await (const event of mergeLogs({
    windowMs,
    pollMs: 50,
    signal: new AbortController().signal,
    more: () => {
      const first = given ? undefined : sources;
      given = true;
      return first;
    },
  })) {
    if (event.type === 'lines') {
      texts.push(...event.lines.map(line => `${line.source}:${line.text}`));
    } else {
      gaps.push(event.type === 'gap' ? event.reason : event.type);
    }
  }
  return { texts, gaps };
}

describe('mergeLogs', () => {
  it('orders by time, and by name for the same time', async () => {
    const { texts } = await merge([
      source('b/x', [[at(1, '1'), at(3, '3')], [at(4, '4')]]),
      source('a/x', [[at(1, '1')], [at(2, '2'), at(5, '5')]]),
    ]);
    expect(texts).toEqual([
      'a/x:1',
      'b/x:1',
      'a/x:2',
      'b/x:3',
      'b/x:4',
      'a/x:5',
    ]);
  });

  it('waits for a slow log when all have an end', async () => {
    const { texts } = await merge([
      source('a', [[at(2, 'later')]]),
      source('b', [60, [at(1, 'sooner')]]),
    ]);
    expect(texts).toEqual(['b:sooner', 'a:later']);
  });

  it('does not let a silent log hold up the others for long', async () => {
    const { texts } = await merge(
      [source('a', [[at(2, 'later')]]), source('b', [300, [at(1, 'sooner')]])],
      20,
    );
    expect(texts).toEqual(['a:later', 'b:sooner']);
  });

  it('goes on when one log fails, and says which', async () => {
    const { texts, gaps } = await merge([
      source('a', [[at(1, '1')], new Error('the node is gone')]),
      source('b', [[at(2, '2')]]),
    ]);
    expect(texts).toEqual(['a:1', 'b:2']);
    expect(gaps).toEqual(['a: the node is gone']);
  });

  it('keeps the order of many logs whose lines alternate', async () => {
    const sources = Array.from({ length: 30 }, (_, i) =>
      source(
        `pod-${String(i).padStart(2, '0')}`,
        [0, 1].map(piece =>
          Array.from({ length: 25 }, (__, line) =>
            at(piece * 25 + line, `${piece * 25 + line}`),
          ),
        ),
      ),
    );
    const { texts } = await merge(sources);
    expect(texts).toEqual(
      Array.from({ length: 50 * 30 }, (_, n) => {
        const pod = String(n % 30).padStart(2, '0');
        return `pod-${pod}:${Math.floor(n / 30)}`;
      }),
    );
  });

  it('merges no more than 200 at the same time, and says how many it left out', async () => {
    const sources = Array.from({ length: 1_003 }, (_, i) =>
      source(`pod-${i}`, [[at(1, 'line')]]),
    );
    const { texts, gaps } = await merge(sources);
    expect(texts).toHaveLength(200);
    expect(gaps).toEqual([
      '803 more logs are left out: at most 200 are merged at the same time. Each can be read on its own',
    ]);
    await expect(sources[1_002].stream.next()).resolves.toMatchObject({
      done: true,
    });
  });
});
