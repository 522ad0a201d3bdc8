import { ServiceUnavailableError } from '@backstage/errors';
import type { JobRef } from '@ml-platform/rayjob';
import { refOf } from '../jobs/jobChange';
import type {
  LogLines,
  LogLinesOptions,
  LogSearchEvent,
  LogSearchOptions,
  LogSearchProgress,
} from '../platform/numberedLog';
import { answerOf, type PortalApi } from './portalApi';
import { eventMessages } from './resumedEvents';

/** Lines of a job's log by their numbers, or from a time on. */
export function readPortalLines(
  api: PortalApi,
  ref: JobRef,
  { signal, ...query }: LogLinesOptions,
): Promise<LogLines> {
  return answerOf(
    api.GET('/jobs/{cluster}/{namespace}/{name}/logs/lines', {
      params: { path: refOf(ref), query },
      signal,
    }),
  );
}

const BROKEN =
  'The connection broke before the search was through; search again';

/**
 * Searches a job's log.
 * @throws {ServiceUnavailableError} when the connection breaks, or the log can't be
 * read to its end
 */
export async function* searchPortalLog(
  api: PortalApi,
  ref: JobRef,
  { signal, ...query }: LogSearchOptions,
): AsyncGenerator<LogSearchEvent, LogSearchProgress> {
  const body = await answerOf(
    api.GET('/jobs/{cluster}/{namespace}/{name}/logs/search', {
      params: { path: refOf(ref), query },
      headers: { accept: 'text/event-stream' },
      parseAs: 'stream',
      signal,
    }),
  );
  for await (const { event, data } of eventMessages(body, signal)) {
    const value = JSON.parse(data);
    if (event === 'matches') {
      yield { type: 'matches', lines: value.lines };
    } else if (event === 'progress') {
      yield { type: 'progress', ...value };
    } else if (event === 'end') {
      if (value.reason !== 'completed') {
        throw new ServiceUnavailableError(value.message ?? BROKEN);
      }
      return { matches: value.matches, searched: value.searched };
    }
  }
  throw new ServiceUnavailableError(BROKEN);
}
