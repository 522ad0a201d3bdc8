import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { NotAllowedError } from '@backstage/errors';
import { mockCredentials } from '@backstage/backend-test-utils';
import type { JobSummary } from '@ml-platform/rayjob';
import express from 'express';
import { LRUCache } from 'lru-cache';
import { tmpdir } from 'node:os';
import type { LogCursor } from '@ml-platform/sdk';
import type { LogEvent, LogOpener } from '../logs/logTypes';
import { LogFeed } from '../logs/numbered/LogFeed';
import { NumberedLog } from '../logs/numbered/NumberedLog';
import type { NumberedLogs } from '../logs/numbered/NumberedLogs';
import { CallLimit } from './CallLimit';
import { LogLinesRoute } from './LogLinesRoute';

const CURSOR: LogCursor = { kind: 'archive', attempt: 1, lines: 1 };
const line = (text: string): LogEvent => ({
  type: 'lines',
  lines: [{ text }],
  cursor: CURSOR,
});

describe('ReaderWatch', () => {
  it('lets no line through that came after the rights were taken', async () => {
    let write = () => {};
    const written = new Promise<void>(resolve => {
      write = resolve;
    });
    const open: LogOpener = async function* quiet({ follow, signal }) {
      if (!follow) {
        yield line('one');
        return 'read';
      }
      await written;
      yield line('two');
      await sleep(60_000, undefined, { signal }).catch(() => {});
      return 'read';
    };
    const feed = new LogFeed({
      create: () =>
        new NumberedLog({
          folder: tmpdir(),
          unpacked: new LRUCache<object, string>({ max: 4 }),
        }),
      lingerMs: 1,
      onGrow: () => {},
    });
    const numbered: Pick<NumberedLogs, 'open'> = {
      open: async () => ({
        source: 'driver/1',
        lasting: true,
        feed,
        release: feed.hold(open),
      }),
    };
    const route = new LogLinesRoute({
      numbered,
      limit: new CallLimit({ most: 5, what: 'logs', advice: '' }),
      closing: new AbortController().signal,
      recheckMs: 5,
    });
    let isRevoked = false;
    let refusals = 0;
    const allowed = async () => {
      if (isRevoked) {
        refusals += 1;
        throw new NotAllowedError('No longer yours');
      }
    };
    const app = express();
    app.get('/', (_, response) => {
      const caller = mockCredentials.user();
      const job = { cluster: 'c', namespace: 'n', name: 'j' } as JobSummary;
      route.follow(
        response,
        { job, caller, allowed },
        { source: 'driver', previous: false },
      );
    });
    const server = app.listen(0);
    try {
      const { port } = server.address() as AddressInfo;
      const response = await fetch(`http://127.0.0.1:${port}/`);
      const decoder = new TextDecoder();
      let text = '';
      for await (const bytes of response.body ?? []) {
        text += decoder.decode(bytes, { stream: true });
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
    } finally {
      server.close();
      feed.close();
    }
  });
});
