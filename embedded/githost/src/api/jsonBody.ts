import { Request } from 'express';
import { GitHubError } from '../GitHubError';

/** The JSON object of a request whose body was read as bytes; `{}` without one. */
export function jsonBody(req: Request): Record<string, unknown> {
  if (!Buffer.isBuffer(req.body) || req.body.length === 0) return {};
  try {
    const parsed: unknown = JSON.parse(req.body.toString('utf8'));
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    throw new GitHubError(400, 'Problems parsing JSON');
  }
}
