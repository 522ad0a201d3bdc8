import { createHash } from 'node:crypto';
import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Logger } from '@ml-platform/kube';
import type {
  Environment,
  EnvironmentEvent,
  EnvironmentRecipe,
} from './environment';
import { fillEnvironment } from './fillEnvironment';
import { Python, Pythons } from './Pythons';
import { SharedOperations } from './SharedOperations';
import { sweepUnfinished, unfinishedName } from './sweepUnfinished';
import { UvTool } from './UvTool';

const COMPLETE = 'environment.json';

/**
 * Python environments below `<dataDir>/environments`, made with uv and shared
 * by all who want the same. An environment is there whole or not at all.
 */
export class PythonEnvironments {
  readonly #dir: string;
  readonly #cacheDir: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #logger: Logger;
  readonly #pythons: Pythons;
  readonly #uv: UvTool;
  readonly #making = new SharedOperations<Environment, EnvironmentEvent>();
  #swept: Promise<void> | undefined;

  constructor(options: {
    /** Folder of all state, for example `.local`. */
    readonly dataDir: string;
    /** Command of the Python to prefer. */
    readonly python?: string;
    /** Environment variables for pip and uv; those of this process by default. */
    readonly env?: NodeJS.ProcessEnv;
    readonly logger: Logger;
  }) {
    const { dataDir, python, env = process.env, logger } = options;
    this.#dir = resolve(dataDir, 'environments');
    this.#cacheDir = resolve(dataDir, 'cache', 'uv');
    this.#env = env;
    this.#logger = logger;
    this.#pythons = new Pythons({ command: python, env });
    this.#uv = new UvTool({ dataDir: resolve(dataDir), env });
  }

  /**
   * An environment with these requirements, for example `mkdocs-techdocs-core==1.6.0`.
   * Throws what {@link ensure} throws.
   */
  async ensureEnvironment(request: {
    readonly name: string;
    readonly requirements: readonly string[];
    readonly onProgress?: (message: string) => void;
    readonly signal?: AbortSignal;
  }): Promise<Environment> {
    const { name, requirements, onProgress, signal } = request;
    return this.ensure(
      { name, installs: requirements.length > 0 ? [requirements] : [] },
      {
        signal,
        onEvent: event => {
          if (event.type === 'message') onProgress?.(event.message);
          if (event.type === 'install-output') onProgress?.(event.line);
        },
      },
    );
  }

  /**
   * The environment of a recipe, made when it is not there yet. Each error says what to
   * do.
   *
   * @throws {NotFoundError} when there is no Python for it
   * @throws {InputError} when its requirements can't be met
   * @throws {ServiceUnavailableError} when the machine or the network is the cause
   */
  async ensure(
    recipe: EnvironmentRecipe,
    options: {
      readonly onEvent?: (event: EnvironmentEvent) => void;
      readonly signal?: AbortSignal;
    } = {},
  ): Promise<Environment> {
    const python = await this.#pythons.find(recipe.python);
    const key = this.#keyOf(recipe, python);
    const envDir = this.envDir(key);
    if (await this.has(key)) {
      return { envDir, key, python: python.version, reused: true };
    }
    return this.#making.run(
      key,
      (emit, signal) => this.#make(recipe, python, key, emit, signal),
      options,
    );
  }

  /** Folder of the environment with this key, whether it is there or not. */
  envDir(key: string): string {
    return join(this.#dir, key);
  }

  /** True where the environment with this key is there and can be used. */
  async has(key: string): Promise<boolean> {
    const envDir = this.envDir(key);
    // The interpreter is a link to the machine's Python, which may be gone.
    return Promise.all([
      access(join(envDir, COMPLETE)),
      access(join(envDir, 'bin', 'python')),
    ]).then(
      () => true,
      () => false,
    );
  }

  #keyOf(recipe: EnvironmentRecipe, python: Python): string {
    const { name, installs, inputs } = recipe;
    const hash = createHash('sha256')
      .update(JSON.stringify([python.path, python.version, installs, inputs]))
      .digest('hex');
    const readable = name.toLowerCase().replace(/[^a-z0-9.]+/g, '-');
    return `${readable.slice(0, 40)}-${hash.slice(0, 16)}`;
  }

  async #make(
    recipe: EnvironmentRecipe,
    python: Python,
    key: string,
    emit: (event: EnvironmentEvent) => void,
    signal: AbortSignal,
  ): Promise<Environment> {
    const message = (text: string) => {
      this.#logger.debug(text, { environment: key });
      emit({ type: 'message', message: text });
    };
    this.#swept ??= sweepUnfinished(this.#dir);
    await this.#swept;
    if (
      recipe.python &&
      !`${python.version}.`.startsWith(`${recipe.python}.`)
    ) {
      message(
        `Python ${recipe.python} is not on this machine: using Python ${python.version}`,
      );
    }
    await mkdir(this.#dir, { recursive: true });
    const temporary = join(this.#dir, unfinishedName(key));
    try {
      await rm(temporary, { recursive: true, force: true });
      await fillEnvironment({
        dir: temporary,
        recipe,
        python,
        uv: this.#uv,
        cacheDir: this.#cacheDir,
        env: this.#env,
        emit,
        signal,
      });
      await writeFile(
        join(temporary, COMPLETE),
        JSON.stringify({ ...recipe, python }, null, 2),
      );
      const envDir = this.envDir(key);
      await rm(envDir, { recursive: true, force: true });
      await rename(temporary, envDir);
      return { envDir, key, python: python.version, reused: false };
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  }
}
