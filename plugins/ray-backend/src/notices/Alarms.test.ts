import { Alarms } from './Alarms';

const DAY = 24 * 3_600_000;

describe('Alarms', () => {
  let rung: string[];
  let alarms: Alarms;

  beforeEach(() => {
    jest.useFakeTimers({ now: 0 });
    rung = [];
    alarms = new Alarms({
      clock: () => new Date(),
      onTime: key => rung.push(key),
    });
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('ring once at their time, also one that is months away', () => {
    alarms.set('soon', 1_000);
    alarms.set('late', 100 * DAY);
    alarms.set('past', -1);
    jest.advanceTimersByTime(999);
    expect(rung).toEqual(['past']);
    jest.advanceTimersByTime(1);
    expect(rung).toEqual(['past', 'soon']);
    jest.advanceTimersByTime(100 * DAY - 1_001);
    expect(rung).toHaveLength(2);
    jest.advanceTimersByTime(1);
    expect(rung).toEqual(['past', 'soon', 'late']);
    expect(alarms.has('soon')).toBe(true);
  });

  it('ring no more once they are cleared, or set to another time', () => {
    alarms.set('a', 1_000);
    alarms.set('b', 1_000);
    alarms.set('b', 2_000);
    alarms.clear('a');
    jest.advanceTimersByTime(1_500);
    expect(rung).toEqual([]);
    expect(alarms.has('a')).toBe(false);
    jest.advanceTimersByTime(500);
    expect(rung).toEqual(['b']);
  });

  it('leave no timer behind', () => {
    alarms.set('a', 1_000);
    alarms.set('b', 100 * DAY);
    alarms.close();
    expect(jest.getTimerCount()).toBe(0);
  });
});
