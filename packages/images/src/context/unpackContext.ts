import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { InputError, isError } from '@backstage/errors';
import { Header, extract } from 'tar-stream';
import { checkLink, safePath } from './safePath';

/** A build context, unpacked. */
export interface UnpackedContext {
  /**
   * `sha256:…` over path, mode and content of each file, in the order of their
   * paths; not over what tar keeps besides.
   */
  readonly digest: string;
  readonly files: number;
  /** Size of all files, in bytes. */
  readonly bytes: number;
}

const MAX_FILES = 20_000;
const MAX_BYTES = 1024 ** 3;
const GZIP = Buffer.from([0x1f, 0x8b]);

/** The same stream, or what it is packed of where it is gzip. */
async function unzipped(body: Readable): Promise<AsyncIterable<Buffer>> {
  const chunks = body[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < GZIP.length) {
    const { done, value } = await chunks.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  const whole = Readable.from(
    (async function* chain() {
      if (head.length > 0) yield head;
      yield* { [Symbol.asyncIterator]: () => chunks };
    })(),
  );
  if (!head.subarray(0, GZIP.length).equals(GZIP)) return whole;
  const gunzip = createGunzip();
  whole.on('error', error => gunzip.destroy(error));
  return whole.pipe(gunzip);
}

/** Writes the entries of an archive into a folder, and keeps what names them. */
class Unpacker {
  readonly #dir: string;
  readonly #marks = new Map<string, string>();
  readonly #links = new Map<string, string>();
  #bytes = 0;

  constructor(dir: string) {
    this.#dir = dir;
  }

  async add(header: Header, content: Readable): Promise<void> {
    const path = safePath(header.name);
    const type = header.type ?? 'file';
    if (type === 'directory') {
      if (path !== '.') await mkdir(join(this.#dir, path), { recursive: true });
      return;
    }
    if (this.#marks.size >= MAX_FILES) {
      throw new InputError(
        `The build context has more than ${MAX_FILES} files: leave some out with a .dockerignore`,
      );
    }
    const linkname = header.linkname ?? '';
    switch (type) {
      case 'file':
      case 'contiguous-file':
        await this.#write(path, content, header.mode ?? 0o644);
        break;
      case 'link': {
        const source = safePath(linkname);
        if (!this.#marks.has(source) || this.#links.has(source)) {
          throw new InputError(
            `The build context has a link to ${linkname}, which does not come before it`,
          );
        }
        const stream = createReadStream(join(this.#dir, source));
        await this.#write(path, stream, header.mode ?? 0o644);
        break;
      }
      case 'symlink':
        this.#links.set(path, linkname);
        this.#marks.set(path, `link ${linkname}`);
        break;
      default:
        throw new InputError(
          `The build context has ${path}, a ${type}: only files, folders and links can be packed`,
        );
    }
  }

  async finish(): Promise<UnpackedContext> {
    for (const [path, target] of this.#links) {
      checkLink(path, this.#links);
      await mkdir(dirname(join(this.#dir, path)), { recursive: true });
      await symlink(target, join(this.#dir, path));
    }
    const lines = [...this.#marks]
      .map(([path, mark]) => JSON.stringify([path, mark]))
      .sort();
    const hash = createHash('sha256').update(lines.join('\n')).digest('hex');
    return {
      digest: `sha256:${hash}`,
      files: this.#marks.size,
      bytes: this.#bytes,
    };
  }

  async #write(path: string, content: Readable, mode: number): Promise<void> {
    const file = join(this.#dir, path);
    await mkdir(dirname(file), { recursive: true });
    // Other bits depend on the umask of whoever packed it.
    const kept =
      mode % 2 === 1 || Math.floor(mode / 64) % 2 === 1 ? 0o755 : 0o644;
    const hash = createHash('sha256');
    const count = (chunk: Buffer) => {
      this.#bytes += chunk.length;
      if (this.#bytes > MAX_BYTES) {
        throw new InputError(
          `The build context is larger than ${MAX_BYTES / 1024 ** 2} MiB: leave data out with a .dockerignore, and read it from a bucket or a volume`,
        );
      }
      hash.update(chunk);
    };
    await pipeline(
      content,
      async function* counted(chunks) {
        for await (const chunk of chunks) {
          count(chunk);
          yield chunk;
        }
      },
      createWriteStream(file, { mode: kept }),
    );
    this.#marks.set(path, `${kept.toString(8)} ${hash.digest('hex')}`);
  }
}

/**
 * Unpacks a tar, or a gzip of one, into an empty folder. Links are made last, so that
 * nothing is written through one. When it throws, the folder must not be used.
 *
 * @throws {InputError} when it isn't a tar, or an entry leads outside of the folder
 */
export async function unpackContext(
  body: Readable,
  dir: string,
): Promise<UnpackedContext> {
  const unpacker = new Unpacker(dir);
  const tar = extract();
  try {
    const feeding = pipeline(await unzipped(body), tar);
    // Its failure reaches us through the entries, too.
    feeding.catch(() => undefined);
    for await (const entry of tar) {
      await unpacker.add(entry.header, Readable.from(entry));
      entry.resume();
    }
    await feeding;
    return await unpacker.finish();
  } catch (error) {
    tar.destroy();
    const code = isError(error) ? error.code : undefined;
    if (error instanceof InputError || code === 'ENOSPC' || code === 'EACCES') {
      throw error;
    }
    throw new InputError(
      `The build context isn't a whole tar archive: ${isError(error) ? error.message : error}`,
    );
  }
}
