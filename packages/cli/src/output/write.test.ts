import { PassThrough } from 'node:stream';
import { write } from './write';

describe('write', () => {
  it('waits for a slow reader, and leaves nothing behind', async () => {
    const output = Object.assign(new PassThrough({ highWaterMark: 4 }), {
      isTTY: false,
    });
    const before = output.eventNames();
    for (let i = 0; i < 20; i += 1) {
      const written = write(output, 'longer than four');
      await expect(
        Promise.race([written, Promise.resolve('waits')]),
      ).resolves.toBe('waits');
      output.read();
      await written;
    }
    expect(output.eventNames()).toEqual(before);
  });

  it('waits for nobody who has gone', async () => {
    const output = Object.assign(new PassThrough({ highWaterMark: 4 }), {
      isTTY: false,
    });
    const written = write(output, 'longer than four');
    output.destroy();
    await expect(written).resolves.toBeUndefined();
  });
});
