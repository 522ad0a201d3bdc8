import { internalError } from '../errors/statusErrors';
import { ApiContext, Target } from '../verbs/ApiContext';
import { parseWatchOptions, watchObjects } from '../verbs/watchObjects';
import { ApiRequest } from './ApiRequest';
import { representation } from './representation';
import { WatchStream } from './WatchStream';

const MIN_TIMEOUT_SECONDS = 1800;

export interface WatchSettings {
  /** How often a watch that asked for bookmarks gets one, in ms. */
  readonly bookmarkIntervalMs: number;
}

/** Answers a watch, until the client leaves or the time is over. */
export function serveWatch(
  context: ApiContext,
  settings: WatchSettings,
  target: Target,
  { request, response, query, accepted }: ApiRequest,
): void {
  const options = parseWatchOptions(target.type, query);
  const stream = new WatchStream({
    response,
    representation: representation(target.type, accepted, query, context.now),
  });
  const stop = watchObjects(context, target, options, stream);
  stream.settle();
  const bookmarks = options.bookmarks
    ? setInterval(
        () => stream.bookmark(context.store.version, false),
        settings.bookmarkIntervalMs,
      )
    : undefined;
  const timeout = setTimeout(
    () => response.end(),
    timeoutSeconds(query) * 1000,
  );
  const end = () => {
    stop();
    clearInterval(bookmarks);
    clearTimeout(timeout);
  };
  response.once('close', end);
  request.once('aborted', end);
  if (response.writableEnded || response.destroyed) {
    end();
  }
}

/** Without a wish half an hour to an hour, spread so that not all come back at once. */
function timeoutSeconds(query: URLSearchParams): number {
  const wanted = Number(query.get('timeoutSeconds') ?? 0);
  if (Number.isNaN(wanted)) {
    throw internalError('timeoutSeconds is not a number');
  }
  return wanted > 0 ? wanted : MIN_TIMEOUT_SECONDS * (1 + Math.random());
}
