import type { BaseImage } from '@ml-platform/embedded-images';

/** A file or folder of the context that an instruction copies. */
export interface CopyOrder {
  /** Patterns below the context's root. */
  readonly sources: readonly string[];
  /** Absolute path in the image; a folder where it ends with a slash. */
  readonly destination: string;
}

/** What one instruction comes to on this machine. */
export type PlannedStep = {
  /** The instruction as it is written. */
  readonly text: string;
  /** Parts of it that do not run here, each with the reason. */
  readonly notRun: readonly {
    readonly text: string;
    readonly reason: string;
  }[];
} & (
  | { readonly kind: 'base'; readonly installs: readonly number[] }
  | { readonly kind: 'copy'; readonly copy: CopyOrder }
  /** A RUN of which these installs are honoured; none where nothing of it runs. */
  | { readonly kind: 'run'; readonly installs: readonly number[] }
  /** Taken into the image's settings, or without meaning for a process. */
  | { readonly kind: 'setting'; readonly note?: string }
);

/** What a Dockerfile comes to where images are environments and files. */
export interface BuildPlan {
  readonly base: BaseImage;
  readonly steps: readonly PlannedStep[];
  /** Arguments of each `pip install`, with paths relative to the image's root. */
  readonly installs: readonly (readonly string[])[];
  readonly env: Readonly<Record<string, string>>;
  /** Absolute. */
  readonly workingDir: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
}
