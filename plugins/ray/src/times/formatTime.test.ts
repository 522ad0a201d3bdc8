import {
  clockTime,
  elapsedTime,
  fullTime,
  shortTime,
  zoneTitle,
} from './formatTime';

const WINTER = '2025-12-01T12:00:30.204123456Z';
const SUMMER = '2025-07-01T23:30:00Z';
const now = Date.parse('2025-12-01T20:00:00Z');

describe('times in a zone', () => {
  it.each([
    [WINTER, 'UTC', '2025-12-01 12:00:30 UTC'],
    [WINTER, 'Europe/Berlin', '2025-12-01 13:00:30 UTC+01:00'],
    [SUMMER, 'Europe/Berlin', '2025-07-02 01:30:00 UTC+02:00'],
    [WINTER, 'Asia/Kolkata', '2025-12-01 17:30:30 UTC+05:30'],
    [WINTER, 'Africa/Abidjan', '2025-12-01 12:00:30 UTC'],
  ])('formats %s in %s in full', (time, zone, text) => {
    expect(fullTime(time, zone)).toBe(text);
  });

  it.each([
    [WINTER, WINTER, '+0:00:00.000'],
    ['2025-12-02T13:02:33.660Z', WINTER, '+25:02:03.456'],
    ['2025-12-01T12:00:29.204Z', WINTER, '-0:00:01.000'],
    [undefined, WINTER, undefined],
    [WINTER, undefined, undefined],
  ])('says how long %s is after %s', (time, since, text) => {
    expect(elapsedTime(time, since)).toBe(text);
  });

  it.each([
    [WINTER, 'UTC', '12:00:30'],
    [WINTER, 'America/New_York', '07:00:30'],
    [WINTER, 'Asia/Tokyo', '2025-12-01 21:00'],
    [SUMMER, 'UTC', '2025-07-01 23:30'],
  ])(
    'formats %s in %s in short, without the date of today',
    (time, zone, text) => {
      expect(shortTime(time, zone, now)).toBe(text);
    },
  );

  it('formats the time of a log line', () => {
    expect(clockTime(WINTER, 'Europe/Berlin')).toBe('13:00:30.204');
    expect(clockTime(undefined, 'UTC')).toBeUndefined();
  });

  it.each(['', 'soon', '2025-13-45'])('formats nothing for %j', time => {
    expect(fullTime(time, 'UTC')).toBeUndefined();
    expect(shortTime(time, 'UTC', now)).toBeUndefined();
    expect(clockTime(time, 'UTC')).toBeUndefined();
  });

  it.each([
    ['UTC', 'UTC'],
    ['Europe/Berlin', 'Europe/Berlin (UTC+01:00)'],
  ])('names the zone %s', (zone, title) => {
    expect(zoneTitle(zone, now)).toBe(title);
  });
});
