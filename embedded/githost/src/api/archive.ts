import { Readable } from 'node:stream';
import { crc32, createGzip, deflateRawSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { GitRepository } from '../emulated/GitRepository';

/** A commit's files below one folder, as GitHub's archives hold them. */
export interface ArchiveFile {
  readonly path: string;
  readonly mode: string;
  readonly content: Buffer;
}

const LINK = '120000';

/** The files of a commit, under `<owner>-<repo>-<short sha>/`. */
export async function* archiveFiles(
  repository: GitRepository,
  sha: string,
): AsyncGenerator<ArchiveFile> {
  const folder = `${repository.fullName.replace('/', '-')}-${sha.slice(0, 7)}`;
  for (const [path, { mode, sha: blob }] of await repository.files(sha)) {
    yield {
      path: `${folder}/${path}`,
      mode,
      content: await repository.blob(blob),
    };
  }
}

/** A gzipped tar of the files. */
export function tarball(files: AsyncIterable<ArchiveFile>): Readable {
  const tar = pack();
  const write = async () => {
    for await (const { path, mode, content } of files) {
      const header = {
        name: path,
        mode: mode === '100755' ? 0o755 : 0o644,
        mtime: new Date(0),
      };
      if (mode === LINK) {
        tar.entry({ ...header, type: 'symlink', linkname: String(content) });
      } else {
        tar.entry(header, content);
      }
    }
    tar.finalize();
  };
  const gzip = createGzip({ level: 1 });
  write().catch(error => gzip.destroy(error));
  tar.pipe(gzip);
  return gzip;
}

const u16 = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => bytes.writeUInt16LE(value, index * 2));
  return bytes;
};
const u32 = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32LE(value, index * 4));
  return bytes;
};

const UTF8_NAMES = 0x0800;
const DEFLATE = 8;
/** 1980-01-01, the first day that zip knows. */
const DOS_TIME = [0, 0x21];
const MADE_BY_UNIX = 0x0314;

/** A zip of the files, after PKWARE's APPNOTE 6.3 (no zip64: our files are small). */
export async function zipball(
  files: AsyncIterable<ArchiveFile>,
): Promise<Buffer> {
  const body: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for await (const { path, mode, content } of files) {
    const name = Buffer.from(path);
    const packed = deflateRawSync(content);
    const common = Buffer.concat([
      u16(20, UTF8_NAMES, DEFLATE, ...DOS_TIME),
      u32(crc32(content), packed.length, content.length),
      u16(name.length, 0),
    ]);
    const local = Buffer.concat([u32(0x04034b50), common, name, packed]);
    directory.push(
      u32(0x02014b50),
      u16(MADE_BY_UNIX),
      common,
      u16(0, 0, 0),
      u32((parseInt(mode, 8) << 16) >>> 0, offset),
      name,
    );
    body.push(local);
    offset += local.length;
  }
  const index = Buffer.concat(directory);
  const count = body.length;
  const end = Buffer.concat([
    u32(0x06054b50),
    u16(0, 0, count, count),
    u32(index.length, offset),
    u16(0),
  ]);
  return Buffer.concat([...body, index, end]);
}
