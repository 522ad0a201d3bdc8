import { pipeline } from 'node:stream/promises';
import express, { ErrorRequestHandler, Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { Logger } from '@ml-platform/kube';
import { requireToken } from '../access';
import { GitHubError } from '../GitHubError';
import { GitCommand } from './GitCommand';
import { FLUSH, packet } from './packets';
import { ReceivePack } from './ReceivePack';

const PULL = 'git-upload-pack';
const PUSH = 'git-receive-pack';

const isPush = (req: Request) =>
  req.path === `/${PUSH}` || req.query.service === PUSH;

/** Git shows plain text of a refusal to the person at the terminal. */
const asText: ErrorRequestHandler = (error, _req, res, next) => {
  const status = error instanceof GitHubError ? error.status : error.statusCode;
  if (res.headersSent || status === undefined) {
    next(error);
    return;
  }
  if (status === 401) res.set('WWW-Authenticate', 'Basic realm="Git host"');
  res.status(status).type('text/plain').send(`${error.message}\n`);
};

/** Serves a repository to git, over its smart HTTP protocol. */
export function gitRouter(options: {
  readonly git: GitCommand;
  readonly receivePack: ReceivePack;
  readonly token: string;
  readonly logger: Logger;
}): Router {
  const { git, receivePack, token, logger } = options;
  const router = PromiseRouter();
  router.use((req, _res, next) =>
    next(
      ['/info/refs', `/${PULL}`, `/${PUSH}`].includes(req.path)
        ? undefined
        : 'router',
    ),
  );
  router.use(requireToken({ token, needed: isPush }));
  router.use((_req, res, next) => {
    res.set('Cache-Control', 'no-store');
    next();
  });

  const upload = async (req: Request, args: readonly string[]) => {
    const child = await git.start(
      ['upload-pack', '--stateless-rpc', ...args, '.'],
      req.get('git-protocol'),
    );
    child.stderr.on('data', data => logger.warn(String(data).trimEnd()));
    return child;
  };

  router.get('/info/refs', async (req, res) => {
    const { service } = req.query;
    if (service !== PULL && service !== PUSH) {
      throw new GitHubError(403, 'Git before version 1.6.6 is not supported');
    }
    const head = packet(`# service=${service}\n`) + FLUSH;
    res.type(`application/x-${service}-advertisement`);
    if (service === PUSH) {
      res.end(head + (await receivePack.advertise()));
      return;
    }
    const child = await upload(req, ['--advertise-refs']);
    res.write(head);
    await pipeline(child.stdout, res);
  });

  for (const service of [PULL, PUSH]) {
    const type = `application/x-${service}-request`;
    router.post(
      `/${service}`,
      express.raw({ type, limit: '64mb' }),
      (req, _res, next) =>
        next(
          Buffer.isBuffer(req.body) ? undefined : new GitHubError(415, type),
        ),
    );
  }

  router.post(`/${PULL}`, async (req, res) => {
    const child = await upload(req, []);
    child.stdin.end(req.body);
    res.type(`application/x-${PULL}-result`);
    await pipeline(child.stdout, res);
  });

  router.post(`/${PUSH}`, async (req, res) => {
    const report = await receivePack.receive(req.body);
    res.type(`application/x-${PUSH}-result`).end(report);
  });

  router.use(asText);
  return router;
}
