import { StringDecoder } from 'node:string_decoder';

/** The lines of a byte stream, without their newline and without empty ones. */
export async function* readLines(
  stream: AsyncIterable<Buffer>,
): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of stream) {
    const parts = (rest + decoder.write(chunk)).split('\n');
    rest = parts.pop() ?? '';
    yield* parts.filter(line => line !== '');
  }
  if (rest) {
    yield rest;
  }
}
