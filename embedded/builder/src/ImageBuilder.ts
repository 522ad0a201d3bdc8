import type { StepLog } from './StepLog';

/** What to build, from an unpacked context. */
export interface BuildJob {
  /** Full reference, for example `localhost:7009/hello-ray:1.0.0`. */
  readonly ref: string;
  /** `sha256:…` over the content. */
  readonly digest: string;
  readonly contextDir: string;
  /** Path of the Dockerfile in the context. */
  readonly dockerfile: string;
  /** Labels of the image. */
  readonly labels: Readonly<Record<string, string>>;
  /** An empty folder for this build alone. */
  readonly workDir: string;
}

/** A way to make images. */
export interface ImageBuilder {
  /**
   * Digest of the content that the published version was built from; undefined
   * where there is no such version. Where that cannot be seen it is the
   * remembered one: of the last build of that version that succeeded here.
   */
  publishedDigest(
    ref: string,
    remembered: string | undefined,
  ): Promise<string | undefined>;
  /**
   * Builds and publishes an image.
   * @throws {InputError} when the workload's author can mend it
   * @throws {ServiceUnavailableError} when the machine or the network is the cause
   */
  build(job: BuildJob, log: StepLog, signal: AbortSignal): Promise<void>;
}
