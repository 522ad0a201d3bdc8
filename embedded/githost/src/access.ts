import { createHmac, timingSafeEqual } from 'node:crypto';
import { Request, RequestHandler } from 'express';
import { GitHubError } from './GitHubError';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

function equal(left: string, right: string): boolean {
  const digest = (text: string) =>
    createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

/**
 * Answers only requests addressed to this machine by its loopback name, so that
 * a page of another site cannot reach us through a name of its own.
 */
export function loopbackHostOnly(): RequestHandler {
  return (req, res, next) => {
    const host = (req.headers.host ?? '').replace(/:\d+$/, '');
    if (LOOPBACK.has(host)) next();
    else res.status(421).type('text/plain').send('Not a name of this host\n');
  };
}

function presentedToken(req: Request): string | undefined {
  const [scheme, value] = (req.headers.authorization ?? '').split(' ');
  if (!value) return undefined;
  if (scheme.toLowerCase() !== 'basic') return value;
  return Buffer.from(value, 'base64').toString().split(':').slice(1).join(':');
}

/**
 * Some requests need the token, by default those that write. The others are open
 * on this machine, but never with a wrong token.
 */
export function requireToken(options: {
  readonly token: string;
  readonly needed?: (req: Request) => boolean;
}): RequestHandler {
  const { token, needed = ({ method }) => !['GET', 'HEAD'].includes(method) } =
    options;
  return (req, _res, next) => {
    const presented = presentedToken(req);
    if (presented !== undefined && !equal(presented, token)) {
      next(new GitHubError(401, 'Bad credentials'));
    } else if (presented === undefined && needed(req)) {
      next(new GitHubError(401, 'Requires authentication'));
    } else {
      next();
    }
  };
}

/** Ties a form to the page it came from, which other sites cannot read. */
export class FormTokens {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  /** Token of the form that posts to this path. */
  issue(path: string): string {
    return createHmac('sha256', this.#secret).update(path).digest('base64url');
  }

  /** Refuses a post that did not come from our own page. */
  check(): RequestHandler {
    return (req, res, next) => {
      const presented: unknown = req.body?.token;
      const site = req.headers['sec-fetch-site'];
      const foreign = site !== undefined && site !== 'same-origin';
      const valid =
        typeof presented === 'string' &&
        equal(presented, this.issue(req.baseUrl + req.path));
      if (valid && !foreign) next();
      else {
        res
          .status(403)
          .type('text/plain')
          .send(
            'This form is out of date. Go back, reload the page and try again.\n',
          );
      }
    };
  }
}
