import { age, duration, parseDuration, parseSince } from './time';

describe('times', () => {
  it.each([
    [0, '0s'],
    [59_000, '59s'],
    [61_000, '1m1s'],
    [3_600_000, '1h'],
    [3_725_000, '1h2m'],
    [90_000_000, '1d1h'],
    [400_000_000, '4d'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  it.each([
    ['90s', 90_000],
    ['15m', 900_000],
    ['1h30m', 5_400_000],
    ['2d', 172_800_000],
  ])('reads %s as %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['', '5', 'h', '5 m', '-1h', '1h!', '1.5h'])('refuses %j', text => {
    expect(() => parseDuration(text)).toThrow('is not a duration');
  });

  it('reads a duration back from now, or a time', () => {
    const now = new Date('2026-11-28T12:00:00Z');
    expect(parseSince('2h', now).toISOString()).toBe(
      '2026-11-28T10:00:00.000Z',
    );
    expect(parseSince('2026-11-01', now).toISOString()).toBe(
      '2026-11-01T00:00:00.000Z',
    );
    expect(age(undefined, now)).toBe('-');
    expect(age('2026-11-28T11:58:00Z', now)).toBe('2m');
  });
});
