import { NotFoundError } from '@backstage/errors';
import type { JobRef } from '@ml-platform/rayjob';
import { decodeLogCursor } from '../logs/logCursor';
import type { JobLogEnd, JobLogEvent, JobLogOptions } from '../platform/jobLog';
import { answerOf, type PortalApi } from './portalApi';
import { resumedEvents } from './resumedEvents';

type LogMessage =
  JobLogEvent | { readonly type: 'end'; readonly end: JobLogEnd };

/** Leaves out what is said a second time after the same line. */
class Repeats {
  readonly #said = new Set<string>();

  isNew(event: JobLogEvent): boolean {
    if (event.type === 'lines') {
      this.#said.clear();
      return true;
    }
    const text = JSON.stringify(event);
    const isNew = !this.#said.has(text);
    this.#said.add(text);
    return isNew;
  }
}

function logMessage(
  event: string | undefined,
  data: string,
): LogMessage | undefined {
  const value = JSON.parse(data);
  switch (event) {
    case 'lines':
      return { type: 'lines', lines: value.lines };
    case 'waiting':
      return { type: 'waiting', message: value.message };
    case 'gap':
      return { type: 'gap', reason: value.reason };
    case 'end':
      return { type: 'end', end: value };
    default:
      // A later portal may tell of more.
      return undefined;
  }
}

/**
 * A job's log: of one that runs as it is written, of one that is gone from the
 * archive. When a connection breaks, another reads on from the last line, of the
 * same run.
 */
export async function* readPortalLog(
  api: PortalApi,
  ref: JobRef,
  options: JobLogOptions,
): AsyncGenerator<JobLogEvent, JobLogEnd> {
  const { signal, tail, ...which } = options;
  const { cluster, namespace, name } = ref;
  let cursor: string | undefined;
  const messages = resumedEvents({
    signal,
    open: (lastId, connection) => {
      cursor = lastId;
      return answerOf(
        api.GET('/jobs/{cluster}/{namespace}/{name}/logs', {
          params: {
            path: { cluster, namespace, name },
            query: lastId
              ? { ...which, cursor: lastId, uid: decodeLogCursor(lastId).uid }
              : { ...which, tail },
          },
          headers: { accept: 'text/event-stream' },
          parseAs: 'stream',
          signal: connection,
        }),
      );
    },
    read: async ({ event, data }) => logMessage(event, data),
  });
  const repeats = new Repeats();
  try {
    for await (const message of messages) {
      const event: LogMessage =
        message.type === 'event'
          ? message.event
          : {
              type: 'waiting',
              message: `${message.error.message}; trying again`,
            };
      if (event.type === 'end') {
        return event.end;
      }
      if (repeats.isNew(event)) {
        yield event;
      }
    }
  } catch (error) {
    if (error instanceof NotFoundError && cursor !== undefined) {
      return { reason: 'deleted', message: error.message };
    }
    throw error;
  }
  return { reason: 'completed' };
}
