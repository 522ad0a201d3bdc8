import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { ArchiveFile, tarball } from './archive';

async function* files(): AsyncGenerator<ArchiveFile> {
  yield {
    path: 'r/a.txt',
    mode: '100644',
    content: Buffer.from('a'.repeat(5_000)),
  };
  yield { path: 'r/ü.bin', mode: '100755', content: Buffer.from([0, 255, 1]) };
  yield { path: 'r/link', mode: '120000', content: Buffer.from('a.txt') };
}

describe('archives', () => {
  it('tar keeps names, modes, links and bytes', async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of tarball(files())) chunks.push(chunk);
    const reader = extract();
    reader.end(gunzipSync(Buffer.concat(chunks)));
    const found: unknown[] = [];
    for await (const entry of reader) {
      const content: Buffer[] = [];
      for await (const chunk of entry as AsyncIterable<Buffer>) {
        content.push(chunk);
      }
      const { name, mode, linkname } = entry.header;
      found.push([
        name,
        mode?.toString(8),
        linkname,
        Buffer.concat(content).length,
      ]);
    }
    expect(found).toEqual([
      ['r/a.txt', '644', null, 5_000],
      ['r/ü.bin', '755', null, 3],
      ['r/link', '644', 'a.txt', 0],
    ]);
  });
});
