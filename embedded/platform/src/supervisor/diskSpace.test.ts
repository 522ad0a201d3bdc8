import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { asDiskFull, requireSpace } from './diskSpace';

jest.mock('node:fs', () => ({
  ...jest.requireActual('node:fs'),
  statfsSync: jest.fn(),
}));

describe('the space of the state folder', () => {
  const dir = mkdtempSync(`${tmpdir()}/disk-space-`);
  afterAll(() => rmSync(dir, { recursive: true }));

  const free = (bytes: number) =>
    jest
      .mocked(statfsSync)
      .mockReturnValue({ bavail: bytes / 1000, bsize: 1000 } as ReturnType<
        typeof statfsSync
      >);

  it('is asked for before anything is written', () => {
    free(100e6);
    expect(() => requireSpace(dir)).toThrow(
      `The platform's state needs 0.5 GB of disk, and 0.1 GB are free at ${dir}. Free some space there`,
    );
    free(600e6);
    expect(() => requireSpace(dir)).not.toThrow();
  });

  it('is the reason of whatever fails where none is left', () => {
    const error = new Error('database or disk is full');
    free(0);
    expect(asDiskFull(error, dir)).toMatchObject({
      name: 'DiskFullError',
      message: expect.stringContaining(`The disk is full at ${dir}.`),
    });
    free(2e9);
    expect(asDiskFull(error, dir)).toBe(error);
  });
});
