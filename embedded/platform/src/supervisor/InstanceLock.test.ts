import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InstanceLock } from './InstanceLock';

describe('the lock of a state folder', () => {
  let dir: string;
  const file = () => join(dir, 'platform.pid');

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'instance-lock-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('names its process until it is released', () => {
    const lock = InstanceLock.take(dir);
    expect(readFileSync(file(), 'utf8')).toBe(`${process.pid}`);
    lock.release();
    expect(() => readFileSync(file())).toThrow('ENOENT');
  });

  it('is refused while another process has it', () => {
    writeFileSync(file(), `${process.ppid}`);
    expect(() => InstanceLock.take(dir)).toThrow(
      `already running (process ${process.ppid})`,
    );
  });

  it.each([
    ['a process that is gone', '4194999'],
    ['a start on a full disk, which wrote no number', ''],
    ['something that is no process', 'no number'],
  ])('is taken over from %s', (_, content) => {
    writeFileSync(file(), content);
    InstanceLock.take(dir);
    expect(readFileSync(file(), 'utf8')).toBe(`${process.pid}`);
  });

  it('tells of a folder that cannot be written to', () => {
    rmSync(dir, { recursive: true });
    expect(() => InstanceLock.take(dir)).toThrow('ENOENT');
  });
});
