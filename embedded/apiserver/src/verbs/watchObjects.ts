import { badRequest, expired } from '../errors/statusErrors';
import { ResourceType } from '../model/ResourceType';
import { Change } from '../store/ChangeHistory';
import { StoredObject } from '../store/StoredObject';
import { ApiContext, Target } from './ApiContext';
import {
  isSelected,
  parseSelection,
  parseVersion,
  Selection,
} from './listObjects';

export type WatchEventType = 'ADDED' | 'MODIFIED' | 'DELETED';

/** Where a watch's events go. */
export interface WatchSink {
  readonly event: (type: WatchEventType, stored: StoredObject) => void;
  readonly bookmark: (version: number, initialEventsEnd: boolean) => void;
  /** The watch cannot go on; nothing follows. */
  readonly error: (error: unknown) => void;
}

export interface WatchOptions {
  readonly selection: Selection;
  /** 0 means: what is there now, then what follows. */
  readonly version: number;
  readonly bookmarks: boolean;
  readonly sendInitialEvents: boolean;
}

/** @throws {StatusError} when the parameters don't go together */
export function parseWatchOptions(
  type: ResourceType,
  query: URLSearchParams,
): WatchOptions {
  const sendInitialEvents = query.get('sendInitialEvents') === 'true';
  const match = query.get('resourceVersionMatch');
  if (query.has('sendInitialEvents') && match !== 'NotOlderThan') {
    throw badRequest(
      'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    );
  }
  return {
    selection: parseSelection(type, query),
    version: parseVersion(query.get('resourceVersion')),
    bookmarks: query.get('allowWatchBookmarks') === 'true',
    sendInitialEvents,
  };
}

/** Sends events to the sink until the answer is called. */
export function watchObjects(
  { store }: ApiContext,
  { type, namespace }: Target,
  { selection, version, bookmarks, sendInitialEvents }: WatchOptions,
  sink: WatchSink,
): () => void {
  const send = (change: Change) => {
    if (!namespace || change.key.startsWith(`${namespace}/`)) {
      sendChange(selection, change, sink);
    }
  };
  // Nothing waits between the replay and the listening, so no change is lost.
  if (sendInitialEvents || version === 0) {
    for (const stored of store.list(type.storage, namespace)) {
      if (isSelected(selection, stored.object)) {
        sink.event('ADDED', stored);
      }
    }
    if (sendInitialEvents && bookmarks) {
      sink.bookmark(store.version, true);
    }
  } else {
    const missed =
      version > store.version
        ? undefined
        : store.changesSince(type.storage, version);
    if (!missed) {
      sink.error(
        expired(
          version > store.version
            ? `too large resource version: ${version} (${store.version})`
            : `too old resource version: ${version} (${store.oldestVersion(type.storage)})`,
        ),
      );
      return () => {};
    }
    missed.forEach(send);
  }
  return store.listen(type.storage, send);
}

/** An object that comes to match the selectors is new to the watcher, one that ceases is gone. */
function sendChange(
  selection: Selection,
  { current, previous, deleted, version }: Change,
  sink: WatchSink,
): void {
  const matched = Boolean(previous && isSelected(selection, previous.object));
  const matches = Boolean(current && isSelected(selection, current.object));
  if (current && matches) {
    sink.event(matched ? 'MODIFIED' : 'ADDED', current);
  } else if (matched && previous) {
    sink.event('DELETED', deleted ?? previous.at(version));
  }
}
