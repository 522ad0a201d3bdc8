/**
 * Milliseconds that a task waits for GitHub's rate limit, in all. A secondary limit
 * lasts about a minute; the next hour's limit is too far away to wait for.
 */
export const PATIENCE_MS = 5 * 60_000;
