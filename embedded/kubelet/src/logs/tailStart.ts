import type { FileHandle } from 'node:fs/promises';
import { parseEntry } from './logLine';

const CHUNK = 64 * 1024;

/** Where the last lines begin; parts of one line count as one. */
export async function tailStart(
  file: FileHandle,
  lines: number,
): Promise<number> {
  const { size } = await file.stat();
  let position = size;
  let found = 0;
  let text = Buffer.alloc(0);
  // Backwards in pieces, until one line more than wanted is in sight.
  while (position > 0) {
    const from = Math.max(0, position - CHUNK);
    const piece = Buffer.alloc(position - from);
    await file.read(piece, 0, piece.length, from);
    text = Buffer.concat([piece, text]);
    position = from;
    const starts = lineStarts(text, position === 0);
    found = starts.length;
    // The first one in sight may continue a line that is not.
    if (found > lines || position === 0) {
      return lines === 0
        ? size
        : position + (starts[Math.max(0, found - lines)] ?? 0);
    }
  }
  return 0;
}

/** Offsets at which a whole line begins; one that continues a part does not. */
function lineStarts(text: Buffer, fromStart: boolean): number[] {
  const starts: number[] = [];
  let known = fromStart;
  let partial = false;
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf(0x0a, at);
    const stop = end < 0 ? text.length : end;
    if (known && !partial) {
      starts.push(at);
    }
    // A line cut off by the piece's beginning says nothing of what follows.
    partial = parseEntry(text.toString('utf8', at, stop))?.partial ?? false;
    known = true;
    at = stop + 1;
  }
  return starts;
}
