/** What to build. */
export interface ImageBuildRequest {
  /** Name of the image without registry and version, as `hello-ray`. */
  readonly image: string;
  readonly version: string;
  /** Path of the Dockerfile inside the context. */
  readonly dockerfile: string;
  /** File with the packed build context, as an uncompressed tar. */
  readonly contextFile: string;
  readonly signal?: AbortSignal;
}

/** A build, as far as it has come. */
export interface ImageBuild {
  readonly id: string;
  readonly state: 'queued' | 'running' | 'succeeded' | 'failed';
  /** Full reference, as `registry.example.com/hello-ray:1.0.0`. */
  readonly image: string;
  /** `sha256:…`, once it has succeeded. */
  readonly digest?: string;
  /** True where the same content had been built before. */
  readonly reused: boolean;
  /** What went wrong and what to do next, where it has failed. */
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
   * Hands in a build and returns without waiting for its end.
   * @throws {ConflictError} when the version exists with other content
   */
  start(request: ImageBuildRequest): Promise<ImageBuild>;

  /**
   * How far a build has come.
   * @throws {NotFoundError} for a build that the builder does not know
   */
  get(id: string, options?: { signal?: AbortSignal }): Promise<ImageBuild>;

  /** What the build has logged from an offset on, in bytes; may be nothing. */
  log(
    id: string,
    offset: number,
    options?: { signal?: AbortSignal },
  ): Promise<ImageBuildLog>;
}
