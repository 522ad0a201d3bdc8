import { parseLogQuery } from './LogQuery';

const now = Date.parse('2026-01-31T12:00:10.900Z');
const parse = (query: string) => parseLogQuery(new URLSearchParams(query), now);

describe('parseLogQuery', () => {
  it.each([
    ['sinceTime=2026-01-31T12:00:05.7Z', '2026-01-31T12:00:05'],
    ['sinceTime=2026-01-31T13:00:05%2B01:00', '2026-01-31T12:00:05'],
    ['sinceSeconds=10', '2026-01-31T12:00:00'],
    ['', undefined],
  ])('%s means lines since %s', (query, since) => {
    expect(parse(query).since).toBe(since);
  });

  it('reads flags and numbers', () => {
    expect(parse('follow=true&timestamps=1&tailLines=0&limitBytes=5')).toEqual({
      follow: true,
      previous: false,
      timestamps: true,
      since: undefined,
      tailLines: 0,
      limitBytes: 5,
    });
  });

  it.each(['tailLines=-1', 'limitBytes=0', 'sinceSeconds=x', 'sinceTime=noon'])(
    'refuses %s',
    query => {
      expect(() => parse(query)).toThrow(/must be|is not/);
    },
  );
});
