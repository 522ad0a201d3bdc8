import type { PlatformSettings } from '../settings/PlatformSettings';

/** How one link between this machine and the platform is. */
export interface Check {
  /** The link, for example `registry`. */
  readonly part: string;
  /** `warn` where something doesn't work that not everybody needs. */
  readonly result: 'ok' | 'warn' | 'fail';
  /** What was found. */
  readonly detail: string;
  /** What to do, as a sentence without its full stop; where it isn't `ok`. */
  readonly remedy?: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the checks look at. */
export interface CheckInput {
  readonly settings: PlatformSettings;
  readonly env: Environment;
  readonly signal: AbortSignal;
}
