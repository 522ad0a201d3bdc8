import { ConfigReader } from '@backstage/config';
import { readNotices } from './readNotices';

const read = (notifications?: object) =>
  readNotices(new ConfigReader({ ray: { notifications } }));

describe('readNotices', () => {
  it('has defaults, and takes durations as people write them', () => {
    expect(read()).toEqual({
      shortestWaitMs: 900_000,
      timesUsual: 2,
      pullRequestMs: 1_800_000,
    });
    expect(
      read({
        waiting: { minimum: '5m', timesUsual: 3 },
        pullRequest: { after: { hours: 4 } },
      }),
    ).toEqual({
      shortestWaitMs: 300_000,
      timesUsual: 3,
      pullRequestMs: 14_400_000,
    });
  });

  it('can be switched off', () => {
    expect(read({ enabled: false })).toBeUndefined();
    expect(read({ enabled: true })).toBeDefined();
  });

  it('says what is wrong with a number', () => {
    expect(() => read({ waiting: { timesUsual: 0.5 } })).toThrow(
      'ray.notifications.waiting.timesUsual is 0.5; it must be 1 or more',
    );
  });
});
