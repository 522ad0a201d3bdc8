import { z } from 'zod';
import { rayStorageReadPermission } from '../permissions';
import { json } from './answers';
import type { RouteContract } from './RouteContract';
import {
  storageRefSchema,
  storageSchema,
  storageStreamEvents,
} from './storageSchemas';

/** Open streams of one user. */
const STREAMS = 50;

const STORAGE = '/storages/{namespace}/{name}';

/** Routes about the storage of workloads. */
export const storageRoutes = {
  getStorage: {
    method: 'get',
    path: STORAGE,
    summary: "Read the state of a workload's bucket and account",
    permission: rayStorageReadPermission,
    params: storageRefSchema,
    answer: json('The storage', storageSchema),
    errors: [400, 404],
  },
  streamStorage: {
    method: 'get',
    path: `${STORAGE}/stream`,
    summary: "Follow the state of a workload's bucket and account",
    description: 'Sends the state at once, then each time that it changes.',
    atOnce: STREAMS,
    permission: rayStorageReadPermission,
    params: storageRefSchema,
    answer: {
      status: 200,
      description: 'Server-sent events until the connection closes',
      content: { 'text/event-stream': z.string() },
      events: storageStreamEvents,
    },
    errors: [400, 404],
  },
} as const satisfies Readonly<Record<string, RouteContract>>;
