import { Readable } from 'node:stream';
import { Header, pack } from 'tar-stream';

/** A tar of these entries; a string is a file's content. */
export function tarOf(
  entries: Readonly<Record<string, string | Partial<Header>>>,
): Readable {
  const tar = pack();
  for (const [name, entry] of Object.entries(entries)) {
    if (typeof entry === 'string') tar.entry({ name }, entry);
    else tar.entry({ name, ...entry }, '');
  }
  tar.finalize();
  return Readable.from(tar);
}

/** The whole of a stream. */
export async function bytesOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
