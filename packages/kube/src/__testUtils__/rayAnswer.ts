import type { FakeAnswer } from './FakeKubeApi';

/** What Ray's dashboard knows of one job. */
export interface FakeRayJob {
  readonly status: string;
  /** What the driver has written. */
  readonly logs: string;
}

const NOT_FOUND = { code: 404, body: { kind: 'Status', message: 'not found' } };

/** The last lines of a text; all of it for a negative number, as Ray has it. */
function lastLines(text: string, count: number): string {
  if (count < 0) {
    return text;
  }
  const lines = text.split('\n');
  const ends = text.endsWith('\n') ? 1 : 0;
  return lines.slice(Math.max(0, lines.length - ends - count)).join('\n');
}

/**
 * What Ray's dashboard answers behind the API server's proxy: to questions for a job and
 * for the file of its driver. `undefined` for other paths.
 *
 * @param find - the job by its id; `undefined` once the head is gone
 */
export function rayAnswer(
  path: string,
  query: URLSearchParams,
  find: (id: string) => FakeRayJob | undefined,
): FakeAnswer | undefined {
  const [, rest = ''] = path.split(':8265/proxy');
  const [, asked] = /^\/api\/jobs\/([^/]+)$/.exec(rest) ?? [];
  const isFile = /^\/api\/v0\/logs\/(file|stream)$/.test(rest);
  if (asked === undefined && !isFile) {
    return undefined;
  }
  const job = find(asked ?? query.get('submission_id') ?? '');
  if (!job) {
    return NOT_FOUND;
  }
  return isFile
    ? { code: 200, body: lastLines(job.logs, Number(query.get('lines'))) }
    : { code: 200, body: { status: job.status, driver_node_id: 'n-1' } };
}
