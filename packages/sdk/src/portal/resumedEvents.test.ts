import {
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { Backoff } from '@ml-platform/kube';
import { resumedEvents } from './resumedEvents';

type Connection = string | Error | 'silence';

/** A body that has a text, and then ends; or never says anything. */
function bodyOf(text: string, signal: AbortSignal): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      if (text === 'silence') {
        signal.addEventListener('abort', () => controller.error(signal.reason));
        return;
      }
      controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });
}

describe('resumedEvents', () => {
  async function read(connections: readonly Connection[]) {
    const stop = new AbortController();
    const asked: (string | undefined)[] = [];
    const seen: string[] = [];
    const events = resumedEvents({
      signal: stop.signal,
      silenceMs: 20,
      backoff: new Backoff({ min: 1, max: 1 }),
      open: async (lastId, signal) => {
        asked.push(lastId);
        const next = connections[asked.length - 1];
        if (next instanceof Error) {
          throw next;
        }
        return bodyOf(next, signal);
      },
      read: async ({ data }) => data,
    });
    const all = async () => {
      for await (const each of events) {
        seen.push(each.type === 'event' ? each.event : each.error.message);
        if (each.type === 'event' && each.event === 'last') {
          stop.abort();
        }
      }
    };
    const error = await all().then(
      () => undefined,
      reason => reason,
    );
    return { asked, seen, error };
  }

  it('goes on after the last whole event', async () => {
    const { asked, seen } = await read([
      'id: 1\ndata: a\n\nid: 2\ndata: cut o',
      new ServiceUnavailableError('Restarting'),
      'id: 2\ndata: b\n\n',
      'data: last\n\n',
    ]);
    expect(asked).toEqual([undefined, '1', '1', '2']);
    expect(seen).toEqual([
      'a',
      'The portal closed the connection',
      'Restarting',
      'b',
      'The portal closed the connection',
      'last',
    ]);
  });

  it('leaves a connection that is silent', async () => {
    const { seen } = await read(['silence', 'data: last\n\n']);
    expect(seen).toEqual(['Nothing came from the portal for 0.02 s', 'last']);
  });

  it('ends at once, also where the request is not told of the end', async () => {
    const stop = new AbortController();
    let isCancelled = false;
    const events = resumedEvents({
      signal: stop.signal,
      open: async () =>
        new ReadableStream({
          start: controller =>
            controller.enqueue(new TextEncoder().encode('data: a\n\n')),
          cancel() {
            isCancelled = true;
          },
        }),
      read: async ({ data }) => data,
    });
    expect(await events.next()).toEqual({
      done: false,
      value: { type: 'event', event: 'a' },
    });
    const rest = events.next();
    stop.abort();
    expect(await rest).toEqual({ done: true, value: undefined });
    expect(isCancelled).toBe(true);
  });

  it('fails when the first connection does', async () => {
    const reason = new ServiceUnavailableError('Down');
    const { asked, error } = await read([reason]);
    expect(error).toBe(reason);
    expect(asked).toHaveLength(1);
  });

  it.each([new NotAllowedError('No more'), new NotFoundError('Gone')])(
    'fails when it is refused later: %s',
    async reason => {
      const { asked, error } = await read(['data: a\n\n', reason]);
      expect(error).toBe(reason);
      expect(asked).toHaveLength(2);
    },
  );
});
