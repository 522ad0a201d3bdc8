import { createHash, timingSafeEqual } from 'node:crypto';
import { posix } from 'node:path';
import {
  AuthenticationError,
  InputError,
  NotFoundError,
  isError,
} from '@backstage/errors';
import express from 'express';
import Router from 'express-promise-router';
import { explainFailure } from '@ml-platform/embedded-images';
import { isImageName, isImageTag } from '@ml-platform/images';
import type { Logger } from '@ml-platform/kube';
import { Build, isUnfinished } from './Build';
import type { BuildRequest, Builds } from './Builds';

const STATUS: Readonly<Partial<Record<string, number>>> = {
  InputError: 400,
  AuthenticationError: 401,
  NotFoundError: 404,
  ConflictError: 409,
  ServiceUnavailableError: 503,
};

const sha256 = (value: string) => createHash('sha256').update(value).digest();

function text(query: express.Request['query'], name: string): string {
  const value = query[name];
  return typeof value === 'string' ? value : '';
}

function readBuildQuery(
  query: express.Request['query'],
): Omit<BuildRequest, 'body'> {
  const image = text(query, 'image');
  const version = text(query, 'version');
  const dockerfile = posix.normalize(text(query, 'dockerfile') || 'Dockerfile');
  if (!isImageName(image)) {
    throw new InputError(
      `image=${image} is not the name of an image: use lowercase letters and digits, with . _ - between them`,
    );
  }
  if (!isImageTag(version)) {
    throw new InputError(
      `version=${version} is not a version: use at most 128 letters, digits and . _ -`,
    );
  }
  if (posix.isAbsolute(dockerfile) || dockerfile.startsWith('..')) {
    throw new InputError(
      `dockerfile=${dockerfile} is outside of the build context`,
    );
  }
  return { image, version, dockerfile, labels: readLabels(query) };
}

/** `label=name=value`, for each label of the image. */
function readLabels(
  query: express.Request['query'],
): Readonly<Record<string, string>> {
  const labels = [query.label ?? []].flat().map(String);
  return Object.fromEntries(
    labels.map(label => {
      const [, name, value] =
        /^([a-z0-9][a-z0-9.-]*)=([^\n\r]*)$/.exec(label) ?? [];
      if (name === undefined || value === undefined) {
        throw new InputError(
          `label=${label} is not a label: use name=value, in one line`,
        );
      }
      return [name, value];
    }),
  );
}

function readOffset(query: express.Request['query']): number {
  const offset = Number(text(query, 'offset') || 0);
  if (!Number.isSafeInteger(offset) || offset < 0) {
    throw new InputError(
      `offset=${text(query, 'offset')} is not a number of bytes: use x-log-offset of the previous answer`,
    );
  }
  return offset;
}

/** Builds over HTTP; all of it asks for the bearer token. */
export function createRouter(options: {
  readonly builds: Pick<Builds, 'submit' | 'get' | 'log' | 'cancel'>;
  /** Says which images there are, where they are on this machine. */
  readonly registry?: express.Router;
  readonly token: string;
  readonly logger: Logger;
}): express.Router {
  const { builds, registry, token, logger } = options;
  const expected = sha256(`Bearer ${token}`);
  const router = Router();

  router.use((req, _res, next) => {
    const given = sha256(req.headers.authorization ?? '');
    if (!timingSafeEqual(given, expected)) {
      throw new AuthenticationError(
        "The builder's token is missing or wrong: send it as `authorization: Bearer …`",
      );
    }
    next();
  });

  router.post('/builds', async (req, res) => {
    const request = readBuildQuery(req.query);
    const build: Build = await builds.submit({ ...request, body: req });
    res.status(isUnfinished(build) ? 202 : 200).json(build);
  });

  router.get('/builds/:id', (req, res) => {
    res.json(builds.get(req.params.id));
  });

  router.delete('/builds/:id', async (req, res) => {
    await builds.cancel(req.params.id);
    res.json(builds.get(req.params.id));
  });

  router.get('/builds/:id/log', async (req, res) => {
    const piece = await builds.log(req.params.id, readOffset(req.query));
    res
      .set('x-log-offset', String(piece.nextOffset))
      .set('cache-control', 'no-store')
      .type('text/plain')
      .send(piece.content);
  });

  if (registry) {
    router.use('/v2', registry);
  }

  router.use(req => {
    throw new NotFoundError(`The builder has no ${req.method} ${req.path}`);
  });

  router.use(
    (
      error: unknown,
      req: express.Request,
      res: express.Response,
      // Express knows an error handler by its four parameters.
      _next: express.NextFunction,
    ) => {
      const { name, message } = isError(error)
        ? error
        : { name: 'Error', message: String(error) };
      const status = STATUS[name] ?? 500;
      if (status === 500)
        logger.error(`${req.method} ${req.path} failed: ${message}`);
      // What is left of a body that was refused would block the connection.
      if (!req.readableEnded) res.set('connection', 'close');
      res.status(status).json({
        error: {
          name,
          message:
            status === 500 ? (explainFailure(message) ?? message) : message,
        },
      });
    },
  );
  return router;
}
