import { InputError } from '@backstage/errors';

/** The options of `GET …/containerLogs`, as kubelet understands them. */
export interface LogQuery {
  readonly follow: boolean;
  readonly previous: boolean;
  readonly timestamps: boolean;
  /** RFC 3339 with whole seconds; lines from then on. */
  readonly since?: string;
  readonly tailLines?: number;
  readonly limitBytes?: number;
}

/** @throws {InputError} when a parameter is not what it should be */
export function parseLogQuery(query: URLSearchParams, now: number): LogQuery {
  const seconds = integer(query, 'sinceSeconds', 1);
  const time = query.get('sinceTime');
  if (seconds !== undefined && time) {
    throw new InputError('at most one of sinceTime or sinceSeconds may be set');
  }
  const sinceMs = time
    ? Date.parse(time)
    : seconds !== undefined && now - seconds * 1000;
  if (Number.isNaN(sinceMs)) {
    throw new InputError(`sinceTime: ${time} is not an RFC 3339 time`);
  }
  return {
    follow: flag(query, 'follow'),
    previous: flag(query, 'previous'),
    timestamps: flag(query, 'timestamps'),
    // Times travel in whole seconds; what is compared are texts of one form.
    since:
      sinceMs === false || sinceMs === undefined
        ? undefined
        : new Date(sinceMs).toISOString().slice(0, 19),
    tailLines: integer(query, 'tailLines', 0),
    limitBytes: integer(query, 'limitBytes', 1),
  };
}

function flag(query: URLSearchParams, name: string): boolean {
  const value = query.get(name);
  return value === 'true' || value === '1' || value === '';
}

function integer(
  query: URLSearchParams,
  name: string,
  least: number,
): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') {
    return undefined;
  }
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) {
    throw new InputError(`${name}: must be an integer of at least ${least}`);
  }
  return value;
}
