import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ServiceUnavailableError } from '@backstage/errors';
import { lastLines, runProcess } from '@ml-platform/images';
import { explainFailure } from './explainFailure';
import type { Python } from './Pythons';

/** The version of uv that the platform is tested with. */
const UV_VERSION = '0.13.9';

/** uv, installed from PyPI with the machine's own Python into `<dataDir>/tools/uv`. */
export class UvTool {
  readonly #toolsDir: string;
  readonly #env: NodeJS.ProcessEnv;
  #installed: Promise<string> | undefined;

  constructor(options: {
    readonly dataDir: string;
    readonly env: NodeJS.ProcessEnv;
  }) {
    this.#toolsDir = join(options.dataDir, 'tools');
    // Settings of the user's that contradict --target.
    this.#env = { ...options.env, PIP_USER: '0', PIP_REQUIRE_VIRTUALENV: '0' };
  }

  /**
   * Path of uv, which is installed the first time. Throws
   * ServiceUnavailableError with what to do where that fails.
   */
  async path(
    python: Python,
    onProgress: (message: string) => void = () => undefined,
  ): Promise<string> {
    this.#installed ??= this.#ensure(python, onProgress);
    try {
      return await this.#installed;
    } catch (error) {
      this.#installed = undefined;
      throw error;
    }
  }

  async #ensure(
    python: Python,
    onProgress: (message: string) => void,
  ): Promise<string> {
    const target = join(this.#toolsDir, 'uv');
    const binary = join(target, 'bin', 'uv');
    const marker = join(target, `uv-${UV_VERSION}.dist-info`);
    const isThere = await Promise.all([access(binary), access(marker)]).then(
      () => true,
      () => false,
    );
    if (isThere) return binary;

    onProgress(`Installing uv ${UV_VERSION} from the package index`);
    await mkdir(this.#toolsDir, { recursive: true });
    const temporary = await mkdtemp(join(this.#toolsDir, '.uv-'));
    try {
      await this.#install(python, temporary, onProgress);
      await rm(target, { recursive: true, force: true });
      await rename(join(temporary, 'uv'), target);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
    return binary;
  }

  async #install(
    python: Python,
    temporary: string,
    onProgress: (message: string) => void,
  ): Promise<void> {
    const first = await this.#pipInstall(python.path, temporary);
    if (first.code === 0) return;
    if (!/No module named pip/i.test(first.output)) {
      throw this.#failure(python, first.output);
    }
    onProgress(`${python.path} has no pip: making an environment that has`);
    const seed = join(temporary, 'seed');
    const venv = await runProcess(python.path, ['-m', 'venv', seed], {
      env: this.#env,
    });
    if (venv.code !== 0) {
      throw new ServiceUnavailableError(
        `Couldn't install uv, which makes the environments of training jobs: ${python.path} (Python ${python.version}) has neither pip nor venv. Install one of them (Debian and Ubuntu: apt install python3-venv; Fedora: dnf install python3-pip), then start again.`,
      );
    }
    const second = await this.#pipInstall(
      join(seed, 'bin', 'python'),
      temporary,
    );
    if (second.code !== 0) throw this.#failure(python, second.output);
  }

  async #pipInstall(python: string, temporary: string) {
    const target = join(temporary, 'uv');
    return runProcess(
      python,
      [
        ...['-m', 'pip', 'install', '--no-input', '--no-deps'],
        ...['--disable-pip-version-check', '--no-warn-script-location'],
        ...['--only-binary=:all:', '--target', target, `uv==${UV_VERSION}`],
      ],
      { env: this.#env },
    );
  }

  #failure(python: Python, output: string): Error {
    const cause = explainFailure(output);
    const said = lastLines(output, cause ? 2 : 8);
    return new ServiceUnavailableError(
      `uv ${UV_VERSION}, which makes the environments of training jobs, could not be installed with ${python.path}. ${
        cause ?? ''
      }\n${said}`,
    );
  }
}
