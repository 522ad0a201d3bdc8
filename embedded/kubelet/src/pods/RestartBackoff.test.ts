import { kubeletBackoff } from './kubeletBackoff';
import { RestartBackoff } from './RestartBackoff';

const MINUTE_MS = 60_000;

describe('pauses before a restart', () => {
  const backoff = () => new RestartBackoff(kubeletBackoff.restart);

  it('are none at first, then double up to five minutes', () => {
    const restarts = backoff();
    const pauses = Array.from({ length: 8 }, () => restarts.next(1000) / 1000);
    expect(pauses).toEqual([0, 10, 20, 40, 80, 160, 300, 300]);
  });

  it('begin again after more than ten good minutes', () => {
    const restarts = backoff();
    [0, 0, 0].forEach(ranMs => restarts.next(ranMs));
    expect(restarts.next(10 * MINUTE_MS)).toBe(40_000);
    expect(restarts.next(10 * MINUTE_MS + 1)).toBe(0);
    expect(restarts.next(0)).toBe(10_000);
  });
});
