import { GitHubError } from '../GitHubError';

/** The end of a list of packets. */
export const FLUSH = '0000';

/** One packet of git's protocol; see gitprotocol-common, pkt-line. */
export function packet(text: string): string {
  const length = Buffer.byteLength(text) + 4;
  return length.toString(16).padStart(4, '0') + text;
}

/**
 * The packets up to the first flush, and what follows it.
 * @throws {GitHubError} 400 when the bytes are something else
 */
export function readPackets(bytes: Buffer): {
  readonly packets: readonly string[];
  readonly rest: Buffer;
} {
  const packets: string[] = [];
  let offset = 0;
  for (;;) {
    const header = bytes.toString('latin1', offset, offset + 4);
    const length = /^[0-9a-f]{4}$/i.test(header) ? parseInt(header, 16) : -1;
    if (length === 0) return { packets, rest: bytes.subarray(offset + 4) };
    if (length < 4 || offset + length > bytes.length) {
      throw new GitHubError(400, 'The request is not one of git');
    }
    packets.push(bytes.toString('utf8', offset + 4, offset + length));
    offset += length;
  }
}
