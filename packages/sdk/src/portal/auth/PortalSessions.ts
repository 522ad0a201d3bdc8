import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '@backstage/errors';
import { lock } from 'proper-lockfile';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { userFolder } from '../../settings/userFolder';

const sessionSchema = z.object({
  /** Who the tokens were given to, in the words of OAuth. */
  clientId: z.string(),
  accessToken: z.string(),
  /** Absent where the portal gives none: then the session ends with the token. */
  refreshToken: z.string().optional(),
});

/** Somebody who is logged in to a portal. */
export type PortalSession = Readonly<z.output<typeof sessionSchema>>;

const fileSchema = z.record(z.string(), sessionSchema);
type Sessions = z.output<typeof fileSchema>;

/**
 * Sessions at portals, by their addresses, in a file that is the user's alone. Two
 * processes never change it at once: each token that renews a session is good once.
 */
export class PortalSessions {
  readonly file: string;

  /** @param options - with `file` for another place than the user's settings */
  constructor(options: { readonly file?: string } = {}) {
    const { file = join(userFolder(process.env), 'portal-sessions.json') } =
      options;
    this.file = file;
  }

  /** @throws {InputError} when the file is damaged */
  async get(url: string): Promise<PortalSession | undefined> {
    return (await this.#read())[url];
  }

  /**
   * Replaces a session by another, or by none.
   *
   * @param change - is told the session as it is now; nobody else changes it meanwhile
   * @throws {InputError} when the file is damaged
   */
  async change(
    url: string,
    change: (
      session: PortalSession | undefined,
    ) => Promise<PortalSession | undefined>,
  ): Promise<PortalSession | undefined> {
    await mkdir(dirname(this.file), { recursive: true, mode: 0o700 });
    const release = await lock(this.file, {
      realpath: false,
      retries: { retries: 50, minTimeout: 50, maxTimeout: 500 },
    });
    try {
      const { [url]: session, ...others } = await this.#read();
      const changed = await change(session);
      const sessions = changed ? { ...others, [url]: changed } : others;
      await writeFileAtomic(this.file, JSON.stringify(sessions, null, 2), {
        mode: 0o600,
      });
      return changed;
    } finally {
      await release();
    }
  }

  async #read(): Promise<Sessions> {
    const text = await readFile(this.file, 'utf8').catch(error => {
      if (error.code === 'ENOENT') {
        return '{}';
      }
      throw error;
    });
    try {
      return fileSchema.parse(JSON.parse(text));
    } catch {
      throw new InputError(
        `${this.file} is damaged; delete it, and log in again`,
      );
    }
  }
}
