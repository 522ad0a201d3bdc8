import { Readable } from 'node:stream';
import {
  IdleError,
  readLines,
  readWholeLines,
  StreamBrokenError,
} from './lines';

const options = { idleMs: () => 1_000 };

async function collect<T>(
  pieces: AsyncGenerator<T, string>,
): Promise<{ pieces: T[]; rest: string }> {
  const all: T[] = [];
  for (;;) {
    const next = await pieces.next();
    if (next.done) {
      return { pieces: all, rest: next.value };
    }
    all.push(next.value);
  }
}

/** A stream of a text that is cut into pieces of some bytes. */
function cut(text: string, size: number): Readable {
  const bytes = Buffer.from(text);
  const pieces = Array.from(
    { length: Math.ceil(bytes.length / size) },
    (_, i) => bytes.subarray(i * size, (i + 1) * size),
  );
  return Readable.from(pieces);
}

describe('readWholeLines', () => {
  const text = 'größer 🚀\n\nκλάσμα\nhalf a li';

  it.each([1, 2, 3, 5, 7, 100])(
    'keeps lines and characters whole over pieces of %i bytes',
    async size => {
      const read = await collect(readWholeLines(cut(text, size), options));
      expect(read.pieces.join('')).toBe('größer 🚀\n\nκλάσμα\n');
      expect(read.pieces.every(piece => piece.endsWith('\n'))).toBe(true);
      expect(read.rest).toBe('half a li');
    },
  );

  it.each([3, 10, 1_000])(
    'cuts a line that is too long, over pieces of %i bytes, and goes on with the next',
    async size => {
      const long = `a\n${'12345678ö'.repeat(200)}\nb\n`;
      const read = await collect(
        readWholeLines(cut(long, size), { ...options, longest: 1_509 }),
      );
      expect(read.pieces.join('')).toBe(
        `a\n${'12345678ö'.repeat(150)}12345678… [491 more bytes of this line are left out]\nb\n`,
      );
    },
  );

  it('breaks at a line that must be whole and is far too long', async () => {
    const endless = Readable.from(
      Array.from({ length: 17 }, () => Buffer.alloc(1024 * 1024, 'x')),
    );
    await expect(collect(readWholeLines(endless, options))).rejects.toThrow(
      'longer than 16777216 bytes',
    );
  });

  it('gives out a stream without a line end as the rest', async () => {
    const read = await collect(readWholeLines(cut('nothing', 3), options));
    expect(read).toEqual({ pieces: [], rest: 'nothing' });
  });

  it('ends with an error when the stream falls silent, or breaks', async () => {
    const silent = new Readable({ read() {} });
    await expect(
      collect(readWholeLines(silent, { idleMs: () => 20 })),
    ).rejects.toThrow(IdleError);
    const broken = new Readable({ read() {} });
    const reading = collect(readWholeLines(broken, options));
    await new Promise(setImmediate);
    broken.destroy(new Error('reset'));
    await expect(reading).rejects.toThrow(StreamBrokenError);
  });
});

describe('readLines', () => {
  it('splits what it is given into lines, empty ones included', async () => {
    const read = await collect(readLines(cut('a\n\nb\nc', 100), options));
    expect(read).toEqual({ pieces: [['a', '', 'b']], rest: 'c' });
  });

  it('lets go of the stream when its reader does', async () => {
    const stream = new Readable({ read() {} });
    stream.push('a\n');
    const lines = readLines(stream, options);
    await lines.next();
    await lines.return('');
    expect(stream.destroyed).toBe(true);
  });
});
