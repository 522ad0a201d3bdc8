import { z } from 'zod';
import {
  rayImageBuildPermission,
  rayImageReadPermission,
} from '../permissions';
import { json } from './answers';
import {
  buildIdSchema,
  buildLogQuerySchema,
  buildQuerySchema,
  imageBuildSchema,
  imageNameSchema,
  imageVersionsSchema,
} from './imageSchemas';
import type { RouteContract } from './RouteContract';

/** Uploads of one user at once. */
const UPLOADS = 3;
/** Open requests of one user that ask the builder or the registry. */
const ASKS = 20;

const BUILD = '/builds/{id}';

/** Images of workloads: build them, and look up what was built. */
export const imageRoutes = {
  startBuild: {
    method: 'post',
    path: '/builds',
    summary: "Build the image of a workload's version",
    description:
      'The body is the build context. The same image, version and content again answers with the same build. A version never changes: other content is a conflict.',
    atOnce: UPLOADS,
    permission: rayImageBuildPermission,
    query: buildQuerySchema,
    upload: 'application/x-tar',
    answer: {
      status: 202,
      description: 'The build, as far as it is',
      content: { 'application/json': imageBuildSchema },
    },
    errors: [409, 413, 503],
  },
  getBuild: {
    method: 'get',
    path: BUILD,
    summary: 'Read how far a build is',
    atOnce: ASKS,
    permission: rayImageReadPermission,
    params: buildIdSchema,
    answer: json('The build', imageBuildSchema),
  },
  readBuildLog: {
    method: 'get',
    path: `${BUILD}/log`,
    summary: 'Read the log of a build',
    description:
      'The header x-log-offset says where to read on. With follow=true the answer goes on until the build ends.',
    atOnce: ASKS,
    permission: rayImageReadPermission,
    params: buildIdSchema,
    query: buildLogQuerySchema,
    answer: {
      status: 200,
      description: 'Lines as they are written',
      content: { 'text/plain': z.string() },
    },
  },
  cancelBuild: {
    method: 'delete',
    path: BUILD,
    summary: 'Cancel a build',
    description:
      'Only the person who started it may. Nothing happens to one that has ended.',
    atOnce: ASKS,
    permission: rayImageBuildPermission,
    params: buildIdSchema,
    answer: json('The build, as it ended', imageBuildSchema),
    errors: [409],
  },
  listImageVersions: {
    method: 'get',
    path: '/images/{name}/versions',
    summary: 'List the versions of an image, newest first',
    atOnce: ASKS,
    permission: rayImageReadPermission,
    params: imageNameSchema,
    answer: json('Versions in the registry', imageVersionsSchema),
  },
} as const satisfies Readonly<Record<string, RouteContract>>;
