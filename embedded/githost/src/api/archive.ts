import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
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
