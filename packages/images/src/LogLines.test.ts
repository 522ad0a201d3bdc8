import { LogLines } from './LogLines';

const bytes = (text: string) => Buffer.from(text);

describe('LogLines', () => {
  it('takes lines together, wherever they were cut', () => {
    const lines = new LogLines();
    const whole = bytes('one\r\ntö\n\nend');
    const got = [...whole].flatMap(byte => lines.push(Buffer.from([byte])));
    expect([...got, ...lines.end()]).toEqual(['one', 'tö', '', 'end']);
  });

  it('keeps what a progress bar came to', () => {
    const lines = new LogLines();
    expect(lines.push(bytes(' 10%\r 50%'))).toEqual([]);
    expect(lines.push(bytes('\r100%\r'))).toEqual([]);
    expect(lines.push(bytes('\nnext\n'))).toEqual(['100%', 'next']);
  });

  it('holds no more of a line without end than so much', () => {
    const lines = new LogLines();
    const piece = bytes('x'.repeat(100_000));
    let got = 0;
    for (let i = 0; i < 10; i += 1) {
      for (const line of lines.push(piece)) {
        expect(line.length).toBeLessThanOrEqual(65_536);
        got += line.length;
      }
    }
    const [last] = lines.end();
    expect(last.length).toBeLessThanOrEqual(65_536);
    expect(got + last.length).toBe(1_000_000);
  });

  it('forgets what a progress bar without end drew over', () => {
    const lines = new LogLines();
    const got: string[] = [];
    for (let i = 0; i < 100_000; i += 1) {
      got.push(...lines.push(bytes(`\r${i} of many`)));
    }
    expect([...got, ...lines.end()]).toEqual(['99999 of many']);
  });
});
