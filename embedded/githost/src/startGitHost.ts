import { createServer } from 'node:http';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import express from 'express';
import type { Logger } from '@ml-platform/kube';
import { FormTokens, loopbackHostOnly } from './access';
import { apiRouter } from './api/apiRouter';
import { EmulateProcess, Push } from './emulated/EmulateProcess';
import { errorHandler } from './errorHandler';
import { GitRepository } from './emulated/GitRepository';
import { GitCommand } from './git/GitCommand';
import { gitRouter } from './git/gitRouter';
import { ReceivePack } from './git/ReceivePack';
import { OWNER, REPOSITORY } from './names';
import { pagesRouter } from './pages/pagesRouter';
import { PullRequests } from './pulls/PullRequests';
import { Reviews } from './pulls/Reviews';
import { seedFromCheckout } from './seed/seedFromCheckout';
import { Upstream } from './emulated/Upstream';

export interface GitHostOptions {
  /** TCP port on loopback; 0 for one of the system's choice. */
  readonly port: number;
  /** Folder of the repository's state, which survives a restart. */
  readonly dataDir: string;
  /** The checkout that the repository takes its content from. */
  readonly seedDir: string;
  /** Address for browsers; default `http://localhost:<port>`. */
  readonly publicUrl?: string;
  /** What API clients have to present to write. */
  readonly token: string;
  /** Portal that the pages link back to. */
  readonly portalUrl?: string;
  /** Command of git, which serves clones and pushes; default `git`. */
  readonly git?: string;
  readonly logger: Logger;
}

export interface GitHost {
  /** Web address, for example `http://localhost:7008`. */
  readonly url: string;
  /** Base of GitHub's REST API, for example `http://localhost:7008/api/v3`. */
  readonly apiUrl: string;
  /** Web address of the repository. */
  readonly repositoryUrl: string;
  /** Calls back after a branch has moved; returns what ends it. */
  onPush(callback: (push: Push) => void): () => void;
  close(): Promise<void>;
}

/**
 * Starts the embedded GitHub: one repository with the checkout's content.
 * @throws {Error} when the port is taken
 */
export async function startGitHost(options: GitHostOptions): Promise<GitHost> {
  const { dataDir, seedDir, logger, token, portalUrl } = options;
  const repositoryDir = join(dataDir, 'repository.git');
  const app = express().disable('x-powered-by').disable('etag');
  const server = createServer(app);
  let ready = false;
  app.use((_req, res, next) => {
    if (ready) next();
    else res.status(503).set('Retry-After', '1').end('Starting\n');
  });
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const publicUrl = options.publicUrl ?? `http://localhost:${port}`;

  const listeners = new Set<(push: Push) => void>();
  const closeServer = async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  let emulate: EmulateProcess;
  try {
    emulate = await EmulateProcess.start({
      dataDir,
      repositoryDir,
      publicUrl,
      logger,
      onPush: push => listeners.forEach(listener => listener(push)),
    });
  } catch (error) {
    await closeServer();
    throw error;
  }
  emulate.onUnexpectedEnd(code =>
    logger.error(`The emulated GitHub ended (exit code ${code})`),
  );
  const close = async () => {
    await closeServer();
    await emulate.stop();
  };

  const upstream = new Upstream(emulate);
  const repository = new GitRepository({
    upstream,
    fullName: `${OWNER}/${REPOSITORY}`,
  });
  const git = new GitCommand({ dir: repositoryDir, command: options.git });
  const pullRequests = new PullRequests({ upstream, repository });
  const reviews = new Reviews({ upstream, repository });
  try {
    await seedFromCheckout({ repository, seedDir, dataDir, logger });
  } catch (error) {
    await close();
    throw error;
  }

  app.use(loopbackHostOnly());
  const api = apiRouter({
    upstream,
    repository,
    pullRequests,
    reviews,
    publicUrl,
    token,
  });
  app.use('/api/v3', api);
  app.use(
    ['', '.git'].map(suffix => `/${repository.fullName}${suffix}`),
    gitRouter({
      git,
      receivePack: new ReceivePack({ git, repository }),
      token,
      logger,
    }),
  );
  app.use(
    pagesRouter({
      repository,
      pullRequests,
      reviews,
      portalUrl,
      forms: new FormTokens(randomBytes(24).toString('hex')),
    }),
  );
  // Addresses inside GitHub's answers are those of github.com's API, without the prefix.
  app.use(api);
  app.use(errorHandler(logger));
  ready = true;

  return {
    url: publicUrl,
    apiUrl: `${publicUrl}/api/v3`,
    repositoryUrl: `${publicUrl}/${OWNER}/${REPOSITORY}`,
    onPush(callback) {
      listeners.add(callback);
      return () => listeners.delete(callback);
    },
    close,
  };
}
