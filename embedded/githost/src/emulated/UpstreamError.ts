/** An answer of the emulated GitHub other than 2xx, with its body. */
export class UpstreamError extends Error {
  constructor(
    readonly status: number,
    readonly body: { readonly message?: string },
  ) {
    super(body.message ?? `The emulated GitHub answered ${status}`);
    this.name = 'UpstreamError';
  }
}
