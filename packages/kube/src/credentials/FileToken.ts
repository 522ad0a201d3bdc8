import { readFile } from 'node:fs/promises';
import { AuthenticationError } from '@backstage/errors';
import type { TokenSource } from './TokenSource';

/**
 * A token in a file that somebody else renews, as the kubelet does with projected
 * service account tokens. It is read for each request: the file is small, and the
 * client library would go on with the old token for a minute.
 */
export class FileToken implements TokenSource {
  readonly remedy: string;
  #last: string | undefined;
  #refusedToken: string | undefined;

  readonly #file: string;

  constructor(file: string) {
    this.#file = file;

    this.remedy = `renew the token in ${file}`;
  }

  async token(): Promise<string> {
    let text: string;
    try {
      text = (await readFile(this.#file, 'utf8')).trim();
    } catch (error) {
      throw new AuthenticationError(
        `The token can't be read (${
          error instanceof Error ? error.message : String(error)
        }); put it there, or correct the path in the configuration`,
      );
    }
    if (!text) {
      throw new AuthenticationError(
        `${this.#file} holds no token; ${this.remedy}`,
      );
    }
    this.#last = text;
    return text;
  }

  refused(): boolean {
    // The file may have been renewed since; the same token needs no third try.
    const again = this.#last !== this.#refusedToken;
    this.#refusedToken = this.#last;
    return again;
  }
}
