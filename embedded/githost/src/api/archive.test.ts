import { inflateRawSync, gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { ArchiveFile, tarball, zipball } from './archive';

async function* files(): AsyncGenerator<ArchiveFile> {
  yield {
    path: 'r/a.txt',
    mode: '100644',
    content: Buffer.from('a'.repeat(5_000)),
  };
  yield { path: 'r/ü.bin', mode: '100755', content: Buffer.from([0, 255, 1]) };
  yield { path: 'r/link', mode: '120000', content: Buffer.from('a.txt') };
}

/** Reads a zip by its central directory, as every unzip does. */
function unzip(zip: Buffer) {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06'));
  let at = zip.readUInt32LE(end + 16);
  return Array.from({ length: zip.readUInt16LE(end + 10) }, () => {
    const packed = zip.readUInt32LE(at + 20);
    const nameLength = zip.readUInt16LE(at + 28);
    const mode = zip.readUInt32LE(at + 38) >>> 16;
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    at += 46 + nameLength;
    return {
      name,
      mode: mode.toString(8),
      content: inflateRawSync(zip.subarray(start, start + packed)),
    };
  });
}

describe('archives', () => {
  it('zip keeps names, modes and bytes', async () => {
    expect(unzip(await zipball(files()))).toEqual([
      {
        name: 'r/a.txt',
        mode: '100644',
        content: Buffer.from('a'.repeat(5_000)),
      },
      { name: 'r/ü.bin', mode: '100755', content: Buffer.from([0, 255, 1]) },
      { name: 'r/link', mode: '120000', content: Buffer.from('a.txt') },
    ]);
  });

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
