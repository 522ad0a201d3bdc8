import type { FakeRepository } from './FakeRepository';

export interface GitAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface GitRequest {
  readonly repository: FakeRepository;
  readonly origin: string;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
}

export type Route = (request: GitRequest, name: string) => GitAnswer;

export const NOT_FOUND: GitAnswer = {
  status: 404,
  body: { message: 'Not Found' },
};
export const ok = (body: unknown): GitAnswer => ({ status: 200, body });
export const created = (body: unknown): GitAnswer => ({ status: 201, body });
export const refused = (message: string): GitAnswer => ({
  status: 422,
  body: { message: 'Validation Failed', errors: [{ message }] },
});

/** One page of a list. */
export function page<T>(
  { query }: GitRequest,
  items: readonly T[],
): readonly T[] {
  const size = Number(query.get('per_page') ?? 30);
  const start = (Number(query.get('page') ?? 1) - 1) * size;
  return items.slice(start, start + size);
}
