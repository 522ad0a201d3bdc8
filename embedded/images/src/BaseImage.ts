import type { EnvironmentRecipe } from './environment';

/** What an image of the outside world is made of on this machine. */
export interface BaseImage {
  readonly recipe: EnvironmentRecipe;
  /** Where a process starts in the real image. */
  readonly workingDirInImage: string;
  /** What takes the arguments of a container that names no command. */
  readonly entrypoint?: readonly string[];
  /** What runs where a container names no command. */
  readonly command: readonly string[];
  /** What runs here for programs that only the real image has, by their path. */
  readonly programs?: Readonly<Record<string, string[]>>;
  /** What people should know about the difference to the real image. */
  readonly note: string;
}
