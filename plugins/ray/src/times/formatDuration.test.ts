import { formatDuration } from './formatDuration';
import { formatResources, formatScaling } from '../states/formatResources';

describe('formatDuration', () => {
  it.each([
    [-5, '0s'],
    [4_999, '4s'],
    [200_000, '3m 20s'],
    [7_500_000, '2h 5m'],
    [97_200_000, '1d 3h'],
  ])('formats %d ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe('formatResources', () => {
  it.each([
    [
      {
        cpu: 8000,
        memory: 16 * 2 ** 30,
        gpu: 2,
        accelerators: { 'nvidia.com/gpu': 2, 'google.com/tpu': 8 },
      },
      '8 CPU · 16 GiB · 2 nvidia.com/gpu · 8 google.com/tpu',
    ],
    [{ cpu: 500, memory: 0, gpu: 0, accelerators: {} }, '0.5 CPU'],
    [{ cpu: 0, memory: 0, gpu: 0, accelerators: {} }, ''],
  ])('says %j as %j', (resources, text) => {
    expect(formatResources(resources)).toBe(text);
  });
});

describe('formatScaling', () => {
  it.each([
    [{ desired: 1, ready: 1 }, ''],
    [{ desired: 1, ready: 1, min: 0 }, 'autoscaled from 0'],
    [{ desired: 5, ready: 5, min: 1, max: 10 }, 'autoscaled from 1 to 10'],
  ])('says %j as %j', (workers, text) => {
    expect(formatScaling(workers)).toBe(text);
  });
});
