import * as fs from 'node:fs';
import { promisify } from 'node:util';
import { AuthenticationError, isError, toError } from '@backstage/errors';
import { mergeKubeconfigs, type Kubeconfig } from './Kubeconfig';
import { parseKubeconfig } from './parseKubeconfig';

// Not node:fs/promises, which takes longer to load than the files to read.
const readFile = promisify(fs.readFile);
const stat = promisify(fs.stat);

export interface KubeconfigFilesOptions {
  readonly paths: readonly string[];
  /** False leaves out the files that aren't there. */
  readonly required: boolean;
}

/** Kubeconfig files as one, read again when one of them has changed. */
export class KubeconfigFiles {
  #read: { readonly config: Kubeconfig; readonly stamp: string } | undefined;

  readonly #options: KubeconfigFilesOptions;

  constructor(options: KubeconfigFilesOptions) {
    this.#options = options;
  }

  /** Their paths, for messages. */
  get names(): string {
    return this.#options.paths.join(', ');
  }

  /**
   * What the files say; the same object for as long as they stay the same.
   *
   * @throws {AuthenticationError} when one can't be read or is no kubeconfig
   */
  async read(): Promise<Kubeconfig> {
    const { paths } = this.#options;
    const stamps = await Promise.all(paths.map(path => this.#stamp(path)));
    const stamp = stamps.join();
    if (this.#read?.stamp !== stamp) {
      const present = paths.filter((_, index) => stamps[index] !== undefined);
      const configs = await Promise.all(present.map(readKubeconfig));
      this.#read = { config: mergeKubeconfigs(configs), stamp };
    }
    return this.#read.config;
  }

  async #stamp(path: string): Promise<string | undefined> {
    try {
      const { mtimeMs, size, ino } = await stat(path);
      return `${mtimeMs}/${size}/${ino}`;
    } catch (error) {
      const missing = isError(error) && error.code === 'ENOENT';
      if (missing && !this.#options.required) {
        return undefined;
      }
      throw unreadable(error);
    }
  }
}

async function readKubeconfig(path: string): Promise<Kubeconfig> {
  const text = await readFile(path, 'utf8').catch(error => {
    throw unreadable(error);
  });
  try {
    return parseKubeconfig(text, path);
  } catch {
    // What the parser says quotes the lines, and they hold secrets.
    throw new AuthenticationError(
      `${path} is no kubeconfig; see 'kubectl config view --kubeconfig ${path}'`,
    );
  }
}

function unreadable(error: unknown): Error {
  return new AuthenticationError(
    `The kubeconfig can't be read (${toError(error).message}); put it there, or correct the path`,
  );
}
