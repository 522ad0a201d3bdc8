import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../support/runPlatform';
import { PORTAL_PORT, STATE } from './target';

const API = `http://localhost:${PORTAL_PORT + 1}/api/v3/repos/ml-platform/ml-platform`;

/** The embedded Git host's repository, as GitHub's REST API shows it. */
export class GitRepository {
  readonly #token: string;

  private constructor(token: string) {
    this.#token = token;
  }

  static async open(): Promise<GitRepository> {
    const text = await readFile(join(ROOT, STATE, 'secrets.json'), 'utf8');
    return new GitRepository((JSON.parse(text) as { git: string }).git);
  }

  /** Opens a pull request that adds one file, and tells its number. */
  async propose(branch: string, path: string, text: string): Promise<number> {
    const main = await this.#ask<{ object: { sha: string } }>(
      'GET',
      '/git/ref/heads/main',
    );
    await this.#ask('POST', '/git/refs', {
      ref: `refs/heads/${branch}`,
      sha: main.object.sha,
    });
    await this.#ask('PUT', `/contents/${path}`, {
      branch,
      message: `Add ${path}`,
      content: Buffer.from(text).toString('base64'),
    });
    const { number } = await this.#ask<{ number: number }>('POST', '/pulls', {
      title: `Add ${path}`,
      head: branch,
      base: 'main',
    });
    return number;
  }

  async merge(number: number): Promise<void> {
    await this.#ask('PUT', `/pulls/${number}/merge`, {});
  }

  async #ask<T>(method: string, path: string, body?: object) {
    const response = await fetch(API + path, {
      method,
      headers: {
        authorization: `token ${this.#token}`,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(`${path}: ${response.status} ${await response.text()}`);
    }
    return (await response.json()) as T;
  }
}
