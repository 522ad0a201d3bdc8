import { parseTarget } from './parseTarget';

const options = { zone: 'Europe/Berlin', day: '2026-11-28T23:30:00Z' };

describe('parseTarget', () => {
  it.each([
    ['12345', { line: 12_345 }],
    [' 1,234,567 ', { line: 1_234_567 }],
    ['1 234', { line: 1_234 }],
    ['7', { line: 7 }],
    // The day is the 29th in Berlin.
    ['21:06', { time: '2026-11-29T20:06:00.000Z' }],
    ['9:06:21.5', { time: '2026-11-29T08:06:21.500Z' }],
    ['2026-11-23 21:06:21', { time: '2026-11-23T20:06:21.000Z' }],
    ['2026-11-23T21:06:21Z', { time: '2026-11-23T21:06:21.000Z' }],
  ])('reads %j', (text, target) => {
    expect(parseTarget(text, options)).toEqual(target);
  });

  it.each(['', '0', 'soon', '12,34', '25:00', '-5'])('refuses %j', text => {
    expect(parseTarget(text, options)).toBeUndefined();
  });
});
