import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../support/runPlatform';
import { PORTAL_PORT } from './target';

const API = `http://localhost:${PORTAL_PORT + 1}/api/v3/repos/ml-platform/ml-platform`;

/** The embedded Git host's repository, as GitHub's REST API shows it. */
export class GitRepository {
  readonly #token: string;

  private constructor(token: string) {
    this.#token = token;
  }

  /** @param state - folder of the platform's state, in the checkout */
  static async open(state: string): Promise<GitRepository> {
    const text = await readFile(join(ROOT, state, 'secrets.json'), 'utf8');
    return new GitRepository((JSON.parse(text) as { git: string }).git);
  }

  /** Opens a pull request that adds one file, and tells its number. */
  async propose(branch: string, path: string, text: string): Promise<number> {
    await this.#ask('POST', '/git/refs', {
      ref: `refs/heads/${branch}`,
      sha: await this.commitOf('main'),
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

  /** The full hash of a branch's newest commit. */
  async commitOf(branch: string): Promise<string> {
    const { object } = await this.#ask<{ object: { sha: string } }>(
      'GET',
      `/git/ref/heads/${branch}`,
    );
    return object.sha;
  }

  /** Writes a file that is there on the main branch. */
  async write(path: string, text: string): Promise<void> {
    const { sha } = await this.#ask<{ sha: string }>(
      'GET',
      `/contents/${path}`,
    );
    await this.#ask('PUT', `/contents/${path}`, {
      branch: 'main',
      message: `Change ${path}`,
      content: Buffer.from(text).toString('base64'),
      sha,
    });
  }

  /** Has the host tell an address of each push. */
  async tellOfPushes(url: string): Promise<void> {
    await this.#ask('POST', '/hooks', {
      name: 'web',
      active: true,
      events: ['push'],
      config: { url, content_type: 'json' },
    });
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
