import { Stretch } from './Stretch';

describe('Stretch', () => {
  it('has one stretch in each turn of the event loop', async () => {
    let turns = 0;
    let isOver = false;
    const count = () => {
      turns += 1;
      if (!isOver) {
        setImmediate(count);
      }
    };
    setImmediate(count);
    const begun = await Promise.all(
      [1, 2, 3].map(async () => {
        const stretch = await Stretch.begin();
        const first = turns;
        await stretch.pause();
        return [first, turns];
      }),
    );
    isOver = true;
    expect(new Set(begun.flat()).size).toBe(6);
  });

  it('is long after a while, and not after a pause', async () => {
    const stretch = await Stretch.begin();
    const now = jest.spyOn(performance, 'now');
    try {
      now.mockReturnValue(performance.now() + 1_000);
      expect(stretch.isLong).toBe(true);
      await stretch.pause();
      expect(stretch.isLong).toBe(false);
    } finally {
      now.mockRestore();
    }
  });
});
