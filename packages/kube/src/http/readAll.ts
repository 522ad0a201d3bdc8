/**
 * The text of a stream.
 *
 * @param limit - bytes after which no more is read
 * @throws the stream's error where it breaks off
 */
export async function readAll(
  stream: AsyncIterable<Buffer | string>,
  limit = Infinity,
): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
    chunks.push(buffer);
    size += buffer.length;
    if (size > limit) {
      break;
    }
  }
  return Buffer.concat(chunks).toString('utf8');
}
