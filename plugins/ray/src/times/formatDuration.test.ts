import { formatDuration } from './formatDuration';
import { formatResources } from '../states/formatResources';

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
    [{ cpu: 8000, memory: 16 * 2 ** 30, gpu: 2 }, '8 CPU · 16 GiB · 2 GPU'],
    [{ cpu: 500, memory: 0, gpu: 0 }, '0.5 CPU'],
    [{ cpu: 0, memory: 0, gpu: 0 }, ''],
  ])('formats %j as %j', (resources, text) => {
    expect(formatResources(resources)).toBe(text);
  });
});
