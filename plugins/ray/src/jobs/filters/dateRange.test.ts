import { momentsOf, readDateRange, stepOf } from './dateRange';

const NOW = Date.parse('2026-11-23T21:06:21Z');
const read = (query: string) => readDateRange(new URLSearchParams(query));

describe('the range of dates of a list', () => {
  it.each([
    ['since=7d', { since: '7d' }],
    [
      'since=2026-11-01&until=2026-11-15',
      { since: '2026-11-01', until: '2026-11-15' },
    ],
    ['until=7d', {}],
    ['since=yesterday&until=2026-02-31', {}],
    ['since=', {}],
  ])('reads %s', (query, range) => {
    expect(read(query)).toEqual(range);
  });

  it('counts back from the minute, so that the same request is made within it', () => {
    expect(momentsOf({ since: '24h' }, 'UTC', NOW)).toEqual({
      since: '2026-11-22T21:06:00Z',
    });
    expect(momentsOf({ since: '7d' }, 'UTC', NOW + 30_000)).toEqual({
      since: '2026-11-16T21:06:00Z',
    });
  });

  it('moves a range before now on, the sooner the shorter it is', () => {
    expect(stepOf({ since: '1h' })).toBe(5 * 60_000);
    expect(stepOf({ since: '7d' })).toBe(14 * 3_600_000);
    expect(
      stepOf({ since: '2026-11-01', until: '2026-11-02' }),
    ).toBeUndefined();
    expect(stepOf({})).toBeUndefined();
  });

  it('takes whole days in the zone of the page, the last one included', () => {
    const range = { since: '2026-03-28', until: '2026-03-29' };
    // Clocks change on the second day.
    expect(momentsOf(range, 'Europe/Berlin', NOW)).toEqual({
      since: '2026-03-27T23:00:00Z',
      until: '2026-03-29T22:00:00Z',
    });
    expect(momentsOf({}, 'UTC', NOW)).toEqual({});
  });
});
