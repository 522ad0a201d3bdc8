import { ErrorRequestHandler } from 'express';
import type { Logger } from '@ml-platform/kube';
import { GitHubError } from './GitHubError';
import { UpstreamError } from './emulated/UpstreamError';

/** Answers errors in GitHub's shape. */
export function errorHandler(logger: Logger): ErrorRequestHandler {
  return (error, req, res, _next) => {
    if (res.headersSent) {
      res.destroy();
    } else if (error instanceof GitHubError) {
      res.status(error.status).json(error);
    } else if (error instanceof UpstreamError) {
      res.status(error.status).json(error.body);
    } else {
      logger.error(`${req.method} ${req.path} failed: ${error}`);
      res.status(500).json(new GitHubError(500, 'Server Error'));
    }
  };
}
