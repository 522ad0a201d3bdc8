import type { ProcessUsage } from './processUsage';
import { UsageMeter } from './UsageMeter';

const MB = 1_000_000;

describe('a usage meter', () => {
  let now = 10_000;
  let processes = new Map<number, ProcessUsage>();
  const meter = () =>
    new UsageMeter({ read: async () => processes, now: () => now });
  const group = (...pids: number[]) =>
    new Map([['container', { pids, startedAt: 0 }]]);

  beforeEach(() => {
    now = 10_000;
    processes = new Map([
      [1, { cpuMs: 5000, memory: 100 * MB }],
      [2, { cpuMs: 2500, memory: 20 * MB }],
    ]);
  });

  it('adds up the processes of a container since its start at first', async () => {
    const usage = await meter().measure(group(1, 2));
    expect(usage.get('container')).toEqual({
      cpuNano: 750_000_000,
      memory: 120 * MB,
    });
  });

  it('counts from one reading to the next afterwards', async () => {
    const one = meter();
    await one.measure(group(1));
    now += 4000;
    processes.set(1, { cpuMs: 11_000, memory: 90 * MB });
    const usage = await one.measure(group(1));
    expect(usage.get('container')).toEqual({
      cpuNano: 1_500_000_000,
      memory: 90 * MB,
    });
  });

  it('counts nothing for a process that has ended, or whose number is used again', async () => {
    const one = meter();
    await one.measure(group(1, 2));
    now += 1000;
    processes = new Map([[2, { cpuMs: 10, memory: MB }]]);
    const usage = await one.measure(group(1, 2));
    expect(usage.get('container')).toEqual({ cpuNano: 0, memory: MB });
  });
});
