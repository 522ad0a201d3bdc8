/** One field's problem, as in `details.causes` of a Status. */
export interface StatusCause {
  readonly reason: string;
  readonly message: string;
  readonly field?: string;
}

export interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly StatusCause[];
  readonly retryAfterSeconds?: number;
}

/** Kubernetes' own error shape: a `Status` object of API version v1. */
export interface Status {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly metadata: object;
  readonly status: 'Success' | 'Failure';
  readonly message?: string;
  readonly reason?: string;
  readonly details?: StatusDetails;
  /** Absent in a success. */
  readonly code?: number;
}

/** An error that the client gets as a Status. */
export class StatusError extends Error {
  readonly code: number;
  readonly status: Status;

  constructor(options: {
    readonly code: number;
    readonly reason: string;
    readonly message: string;
    readonly details?: StatusDetails;
  }) {
    super(options.message);
    this.name = 'StatusError';
    this.code = options.code;
    this.status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: options.message,
      reason: options.reason,
      details: options.details,
      code: options.code,
    };
  }
}
