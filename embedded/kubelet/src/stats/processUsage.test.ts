import { parseCpuTime, processUsage } from './processUsage';

describe('what processes have used', () => {
  it('is known of this one, and not of one that is gone', async () => {
    const gone = 2 ** 22 + 1;
    const usages = await processUsage([process.pid, gone]);
    expect([...usages.keys()]).toEqual([process.pid]);
    expect(usages.get(process.pid)?.cpuMs).toBeGreaterThan(0);
    expect(usages.get(process.pid)?.memory).toBeGreaterThan(2 ** 20);
  });

  it.each([
    ['0:00.50', 500],
    ['1:02.25', 62_250],
    ['01:02:03', 3_723_000],
    ['2-01:02:03', 176_523_000],
  ])('reads the CPU time %s', (text, ms) => {
    expect(parseCpuTime(text)).toBe(ms);
  });
});
