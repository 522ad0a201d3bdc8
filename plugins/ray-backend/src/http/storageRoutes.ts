import { isDeepStrictEqual } from 'node:util';
import { NotFoundError } from '@backstage/errors';
import {
  rayRoutes,
  rayStorageReadPermission,
} from '@ml-platform/backstage-plugin-ray-common';
import type { StorageSummary } from '@ml-platform/workload-storage';
import type { Authorizer } from '../permissions/Authorizer';
import type { Storages } from '../storage/Storages';
import type { ApiRouter } from './ApiRouter';
import { EventStream } from './sse';

/** Milliseconds between two looks at whether a viewer may still see it. */
const RECHECK = 30_000;

export interface StorageRoutesOptions {
  readonly authorizer: Authorizer;
  /** Absent where the portal offers no storage. */
  readonly storages?: Storages;
  /** Aborts when the backend stops: streams end, so that it can. */
  readonly closing: AbortSignal;
}

/** The storage of workloads. */
export function addStorageRoutes(
  api: ApiRouter,
  { authorizer, storages, closing }: StorageRoutesOptions,
): void {
  const offered = () => {
    if (!storages) {
      throw new NotFoundError(
        'This portal offers no storage in Google Cloud; set ray.workloadStorage in its configuration',
      );
    }
    return storages;
  };

  api.answer(rayRoutes.getStorage, async ({ params }) => ({
    ...offered().get(params),
  }));

  api.stream(rayRoutes.streamStorage, async ({ caller, params }, response) => {
    const known = offered();
    const events = new EventStream(response);
    const signal = AbortSignal.any([events.signal, closing]);
    let sent: StorageSummary | undefined;
    while (!signal.aborted) {
      const storage = known.get(params);
      if (!isDeepStrictEqual(storage, sent)) {
        sent = storage;
        await events.send('storage', storage);
      } else {
        await known.waitFor(RECHECK, signal);
        // A viewer who may no longer see it comes back, and is told so.
        if (!(await authorizer.allows(caller, rayStorageReadPermission))) {
          break;
        }
      }
    }
    events.end();
  });
}
