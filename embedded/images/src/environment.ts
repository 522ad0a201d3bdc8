/** What a Python environment consists of; its hash names the environment. */
export interface EnvironmentRecipe {
  /** For people: the first part of the folder's name. */
  readonly name: string;
  /** Minor version that it should have, for example `3.11`; another one is used when it is missing. */
  readonly python?: string;
  /** One `pip install` after the other, each with its arguments. */
  readonly installs: readonly (readonly string[])[];
  /** Folder that relative paths in {@link installs} start from. */
  readonly cwd?: string;
  /** Digest of the files that {@link installs} read. */
  readonly inputs?: string;
}

/** What happens while an environment is made. */
export type EnvironmentEvent =
  | { readonly type: 'message'; readonly message: string }
  | { readonly type: 'install-started'; readonly index: number }
  | {
      readonly type: 'install-output';
      readonly index: number;
      readonly line: string;
    }
  | { readonly type: 'install-done'; readonly index: number };

/** A Python environment on this machine. */
export interface Environment {
  /** Folder with `bin/python`. */
  readonly envDir: string;
  /** Name of the folder below `environments/`; the same recipe, the same key. */
  readonly key: string;
  /** Version of its Python, for example `3.11.7`. */
  readonly python: string;
  /** True where it was there before. */
  readonly reused: boolean;
}
