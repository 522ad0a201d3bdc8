/** Where the files of a build context are in git, unchanged. */
export interface ImageSource {
  /** Web address of the repository, for example `https://github.com/o/r`. */
  readonly repository: string;
  /** The full hash of a commit. */
  readonly commit: string;
  /** Folder of the context in the repository; empty for its root. */
  readonly path: string;
}

/** What to build. */
export interface ImageBuildRequest {
  /** Name of the image without registry and version, for example `hello-ray`. */
  readonly image: string;
  readonly version: string;
  /** Path of the Dockerfile inside the context. */
  readonly dockerfile: string;
  /** File with the packed build context, as an uncompressed tar. */
  readonly contextFile: string;
  /** False leaves the image where it is built, for builders on this machine. */
  readonly push?: boolean;
  /** For example `linux/arm64`; the builder's own where absent. */
  readonly platform?: string;
  /** The same context in git, for builders that fetch it there. */
  readonly source?: ImageSource;
  /** Labels of the image that say where it comes from. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** The error of a build that somebody cancelled, whichever builder it is. */
export const CANCELLED_BUILD = 'The build was cancelled';

/** A build, as far as it has come. */
export interface ImageBuild {
  readonly id: string;
  readonly state: 'queued' | 'running' | 'succeeded' | 'failed';
  /** Full reference, for example `registry.example.com/hello-ray:1.0.0`. */
  readonly image: string;
  /** `sha256:…` of the image in its registry, once it has succeeded, where the builder tells. */
  readonly digest?: string;
  /** ID on the machine that built it, for builders on this machine. */
  readonly imageId?: string;
  /** True where the same content had been built before. */
  readonly reused: boolean;
  /** Bytes of its layers as they are kept and sent, where the builder tells. */
  readonly size?: number;
  /** ISO 8601; when the build began and ended, where the builder tells. */
  readonly startedAt?: string;
  readonly endedAt?: string;
  /**
   * What went wrong and what to do next, where it has failed; {@link CANCELLED_BUILD}
   * where it was cancelled.
   */
  readonly error?: string;
}

/** A piece of a build's log. */
export interface ImageBuildLog {
  /** UTF-8, possibly cut inside of a line or character. */
  readonly bytes: Uint8Array;
  /** Where the next piece begins, in bytes. */
  readonly nextOffset: number;
}

/**
 * Builds and pushes images. A version is immutable, and a start is idempotent:
 * the same image, version and content give the same build.
 */
export interface ImageBuilder {
  /**
   * Starts a build and returns without waiting for its end.
   *
   * @throws {ConflictError} when the version exists with other content
   * @throws {InputError} when the builder can't build what is asked for
   */
  start(request: ImageBuildRequest): Promise<ImageBuild>;

  /**
   * How far a build has come.
   * @throws {NotFoundError} when the builder doesn't know the build
   */
  get(id: string, options?: { signal?: AbortSignal }): Promise<ImageBuild>;

  /** What the build has logged from an offset on, in bytes; may be nothing. */
  log(
    id: string,
    offset: number,
    options?: { signal?: AbortSignal },
  ): Promise<ImageBuildLog>;

  /**
   * Ends a build, with all that it runs. Absent where it can't be ended. Nothing
   * happens to a build that has ended.
   * @throws {NotFoundError} when the builder doesn't know the build
   */
  cancel?(id: string): Promise<void>;
}
