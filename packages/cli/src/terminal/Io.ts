import type { Readable, Writable } from 'node:stream';

/** A stream to write to, which may be a terminal. */
export interface Output extends Writable {
  readonly isTTY?: boolean;
  /** Height in lines, of a terminal. */
  readonly rows?: number;
  /** Width in characters, of a terminal. */
  readonly columns?: number;
}

/** What a command works with, so that tests can hand in others. */
export interface Io {
  /** For data. */
  readonly stdout: Output;
  /** For talk. */
  readonly stderr: Output;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly now: () => Date;
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal;
}
