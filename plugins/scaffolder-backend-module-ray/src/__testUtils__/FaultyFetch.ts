/** Stands between a call and its answer. */
export type Fault = (call: () => Promise<Response>) => Promise<Response>;

const answers =
  (
    status: number,
    message: string,
    headers: Record<string, string> = {},
  ): Fault =>
  async () =>
    Response.json({ message }, { status, headers });

const broken = () => {
  throw new TypeError('fetch failed');
};

/** What can happen to one call. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  'no connection': async () => broken(),
  'a lost answer': async call => {
    await call();
    return broken();
  },
  'a time-out': async call => {
    await call();
    throw new DOMException('The operation timed out', 'TimeoutError');
  },
  'a 500': answers(500, 'Server Error'),
  'a 503': answers(503, 'Service Unavailable'),
  'a 403': answers(403, 'Resource not accessible by integration'),
  'a secondary rate limit': answers(
    403,
    'You have exceeded a secondary rate limit',
    { 'retry-after': '1' },
  ),
  'a 409': answers(409, 'Conflict'),
  'a 422': answers(422, 'Validation Failed'),
};

/** The process's `fetch`, with a fault at one of its calls. */
export class FaultyFetch {
  /** Calls so far. */
  calls = 0;
  /** The call that goes wrong, from 1. */
  at = 0;
  fault: Fault = call => call();
  /** True lets every call after the fault fail, as if the process had ended. */
  isLast = false;

  /** Takes the place of `fetch`, until Jest restores it. */
  static install(): FaultyFetch {
    const faulty = new FaultyFetch();
    const { fetch } = globalThis;
    jest.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
      faulty.calls += 1;
      if (faulty.calls === faulty.at) {
        // Whoever gives up meanwhile can't take back what has been sent.
        const answer = await faulty.fault(() =>
          fetch(input, { ...init, signal: undefined }),
        );
        init?.signal?.throwIfAborted();
        return answer;
      }
      return faulty.isLast && faulty.calls > faulty.at
        ? broken()
        : fetch(input, init);
    });
    return faulty;
  }

  /** Counts anew, with nothing wrong or a fault at one call. */
  reset(wrong: Partial<Pick<FaultyFetch, 'at' | 'fault' | 'isLast'>> = {}) {
    Object.assign(this, { calls: 0, at: 0, isLast: false, ...wrong });
  }
}
