import { ServiceUnavailableError } from '@backstage/errors';

/** Milliseconds to wait when GitHub gives no time; its documentation asks for a minute. */
const DEFAULT_WAIT = 60_000;
/** Part of the limit that reading in the background leaves to people's changes. */
const RESERVE = 0.2;

/** Says that GitHub takes no request before a time. */
export class RateLimitError extends ServiceUnavailableError {
  /** @param afterMs - milliseconds from now until then */
  constructor(
    readonly until: Date,
    readonly afterMs: number,
  ) {
    super(
      `GitHub's rate limit is used up; requests start again at ${until.toISOString()}`,
    );
  }
}

type Headers = Readonly<Record<string, string | number | undefined>>;

/**
 * Keeps to GitHub's rate limit, as
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
 * asks: after a refusal no request is sent before the time that GitHub names.
 */
export class RateLimit {
  readonly #clock: () => Date;
  #blockedUntil = 0;
  #limit = Infinity;
  #remaining = Infinity;
  #resetAt = 0;

  constructor(options: { readonly clock: () => Date }) {
    this.#clock = options.clock;
  }

  /**
   * Says whether a request may be sent.
   * @throws {RateLimitError} when GitHub asked to wait
   */
  check(): void {
    if (this.#now < this.#blockedUntil) {
      throw this.error;
    }
  }

  /** Says until when no request is sent. */
  get error(): RateLimitError {
    const until = this.#blockedUntil;
    return new RateLimitError(new Date(until), until - this.#now);
  }

  /** False when only the part is left that people's own changes need. */
  get hasSpare(): boolean {
    return (
      this.#remaining > this.#limit * RESERVE ||
      this.#limit === Infinity ||
      this.#now >= this.#resetAt
    );
  }

  /**
   * Takes what an answer says about the limit.
   * @returns true when GitHub refused because of the limit
   */
  note(headers: Headers, status: number, message = ''): boolean {
    const number = (name: string) => {
      const value = Number(headers[name] ?? NaN);
      return Number.isFinite(value) ? value : undefined;
    };
    this.#limit = number('x-ratelimit-limit') ?? this.#limit;
    this.#remaining = number('x-ratelimit-remaining') ?? this.#remaining;
    this.#resetAt = (number('x-ratelimit-reset') ?? 0) * 1000 || this.#resetAt;
    const retryAfter = number('retry-after');
    const refused =
      status === 429 ||
      (status === 403 &&
        (retryAfter !== undefined ||
          this.#remaining === 0 ||
          /rate limit/i.test(message)));
    if (retryAfter !== undefined && refused) {
      this.#blockedUntil = this.#now + retryAfter * 1000;
    } else if (this.#remaining === 0 && this.#resetAt > this.#now) {
      this.#blockedUntil = this.#resetAt;
    } else if (refused) {
      this.#blockedUntil = this.#now + DEFAULT_WAIT;
    }
    return refused;
  }

  get #now(): number {
    return this.#clock().getTime();
  }
}
