/** An image as the embedded node has it: a Python environment and a folder. */
export interface Image {
  /** Full reference, for example `localhost:7009/hello-ray:1.0.0`. */
  readonly ref: string;
  /** `sha256:…` over the content it was built from. */
  readonly digest: string;
  /** Folder with `bin/` that comes first on the container's PATH. */
  readonly envDir: string;
  /** Folder with the image's files; the container's working directory. */
  readonly workingDir?: string;
  /** Path of {@link workingDir} inside the real image, for example `/app`. */
  readonly workingDirInImage?: string;
  /** ENV of the Dockerfile. */
  readonly env: Readonly<Record<string, string>>;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  /** What runs here for programs that only the real image has, by their path. */
  readonly programs?: Readonly<Record<string, readonly string[]>>;
}

/** The images that the embedded node can run. */
export interface ImageStore {
  /** The image, or undefined where the node does not have it. */
  get(ref: string): Promise<Image | undefined>;
  /**
   * Makes the image available, which can take minutes the first time.
   * @throws {NotFoundError} when there is no such image
   */
  pull(
    ref: string,
    options: {
      readonly onProgress?: (message: string) => void;
      readonly signal?: AbortSignal;
    },
  ): Promise<Image>;
}
