import { BuildLog } from './BuildLog';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe('BuildLog', () => {
  it('is read on from where the last piece ended', () => {
    const log = new BuildLog();
    expect(log.read(0)).toMatchObject({ nextOffset: 0 });
    log.line('one');
    const { bytes, nextOffset } = log.read(0);
    expect(text(bytes)).toBe('one\n');
    log.line('x'.repeat(200_000));
    log.line('tö');
    const rest = log.read(nextOffset);
    expect(text(rest.bytes)).toBe(`${'x'.repeat(200_000)}\ntö\n`);
    expect(text(log.read(rest.nextOffset).bytes)).toBe('');
  });

  it('keeps the last of a long log, and says what is gone', () => {
    const log = new BuildLog();
    for (let line = 0; line < 200_000; line += 1) {
      log.line(`line ${line} of a log that is far too long to keep`);
    }
    expect(log.held).toBeLessThanOrEqual(4 * 1024 ** 2);
    const { bytes, nextOffset } = log.read(0);
    expect(text(bytes)).toMatch(/^… \d+ bytes of the log aren't kept/);
    expect(text(bytes)).toMatch(/line 199999 of a log.*\n$/);
    expect(bytes.length).toBeLessThan(4.1 * 1024 ** 2);
    log.line('next');
    expect(text(log.read(nextOffset).bytes)).toBe('next\n');
  });
});
