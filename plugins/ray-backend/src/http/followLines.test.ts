import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { mockCredentials } from '@backstage/backend-test-utils';
import { NotAllowedError } from '@backstage/errors';
import type { JobSummary } from '@ml-platform/rayjob';
import type { LogCursor } from '@ml-platform/sdk';
import express from 'express';
import { LRUCache } from 'lru-cache';
import type { LogEvent, LogOpener } from '../logs/logTypes';
import { LogFeed } from '../logs/numbered/LogFeed';
import { NumberedLog } from '../logs/numbered/NumberedLog';
import { CallLimit } from './CallLimit';
import { LogLinesRoute } from './LogLinesRoute';

const CURSOR: LogCursor = { kind: 'archive', attempt: 1, lines: 1 };
const line = (text: string): LogEvent => ({
  type: 'lines',
  lines: [{ text }],
  cursor: CURSOR,
});

/** A log with some lines, and others that are written when it is said. */
function quietLog(first: readonly LogEvent[], later: readonly LogEvent[]) {
  let write = () => {};
  const written = new Promise<void>(resolve => {
    write = resolve;
  });
  const open: LogOpener = async function* quiet({ follow, signal }) {
    if (!follow) {
      yield* first;
      return 'read';
    }
    await written;
    yield* later;
    await sleep(60_000, undefined, { signal }).catch(() => {});
    return 'read';
  };
  return { open, write: () => write() };
}

describe('following a log by its numbers', () => {
  const ends: (() => void)[] = [];

  afterEach(() => ends.splice(0).forEach(end => end()));

  /** The text of the answer, as it comes. */
  async function* follow(open: LogOpener, allowed: () => Promise<void>) {
    const unpacked = new LRUCache<object, string>({ max: 4 });
    const feed = new LogFeed({
      create: () => new NumberedLog({ folder: tmpdir(), unpacked }),
      lingerMs: 1,
      onGrow: () => {},
    });
    const route = new LogLinesRoute({
      numbered: {
        open: async () => ({
          source: 'driver/1',
          lasting: true,
          feed,
          release: feed.hold(open),
        }),
      },
      limit: new CallLimit({ most: 5, what: 'logs', advice: '' }),
      closing: new AbortController().signal,
      recheckMs: 5,
    });
    const app = express();
    app.get('/', (_, response) => {
      const caller = mockCredentials.user();
      const job = { cluster: 'c', namespace: 'n', name: 'j' } as JobSummary;
      route.follow(response, { job, caller, allowed }, { source: 'driver' });
    });
    const server = app.listen(0);
    const leave = new AbortController();
    ends.push(() => {
      leave.abort();
      server.close();
      feed.close();
    });
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      signal: leave.signal,
    });
    const decoder = new TextDecoder();
    let text = '';
    for await (const bytes of response.body ?? []) {
      text += decoder.decode(bytes, { stream: true });
      yield text;
    }
  }

  it('lets no line through that came after the rights were taken', async () => {
    const { open, write } = quietLog([line('one')], [line('two')]);
    let isRevoked = false;
    let refusals = 0;
    const allowed = async () => {
      if (isRevoked) {
        refusals += 1;
        throw new NotAllowedError('No longer yours');
      }
    };
    let text = '';
    for await (text of follow(open, allowed)) {
      if (!isRevoked && text.includes('one')) {
        isRevoked = true;
        while (refusals === 0) {
          await sleep(5);
        }
        write();
      }
    }
    expect(text).toContain('No longer yours');
    expect(text).not.toContain('two');
  });

  it('says what is missing when it changes, and not with each step', async () => {
    const gap: LogEvent = { type: 'gap', reason: 'Rotated away', lines: 7 };
    const { open, write } = quietLog(
      [line('one'), gap, line('two')],
      [line('three')],
    );
    let text = '';
    for await (text of follow(open, async () => {})) {
      if (text.includes('two')) {
        write();
      }
      if (text.includes('three')) {
        break;
      }
    }
    expect(text).toContain('"number":10');
    expect(text.split('Rotated away')).toHaveLength(2);
  });
});
