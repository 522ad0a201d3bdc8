import { LogFile } from '../file/LogFile';
import { RowIndex } from '../file/RowIndex';
import { LogScroll } from './LogScroll';
import { ROW_HEIGHT } from './useRowStyles';

function scrollOf(last: number, height = 600) {
  const file = new LogFile();
  file.take({
    source: 'driver/1',
    lasting: true,
    lines: [],
    first: 1,
    last,
    state: 'following',
    missing: [],
  });
  const rows = new RowIndex({
    places: file,
    columns: Infinity,
    unfolded: new Set(),
  });
  return new LogScroll({ rows, height });
}

describe('LogScroll', () => {
  it('moves a short log by pixels', () => {
    const scroll = scrollOf(1_000);
    expect(scroll.space).toBe(1_000 * ROW_HEIGHT);
    expect(scroll.isScaled).toBe(false);
    expect(scroll.moved({ bar: 0, top: 0 }, 12_345)).toBe(12_345);
    const anchor = scroll.anchorAt(12_345);
    expect(anchor.seq).toBe(Math.floor(12_345 / ROW_HEIGHT) + 1);
    expect(scroll.topOf(anchor)).toBe(12_345);
    expect(scroll.isAtEnd(scroll.end)).toBe(true);
    expect(scroll.isAtEnd(scroll.end - 50)).toBe(false);
  });

  it('reaches each line of ten million by the bar, and the next ones by the wheel', () => {
    const scroll = scrollOf(10_000_000);
    expect(scroll.space).toBe(8_000_000);
    const half = scroll.moved({ bar: 0, top: 0 }, (8_000_000 - 600) / 2);
    expect(scroll.anchorAt(half).seq).toBeCloseTo(5_000_000, -2);
    const bar = scroll.toBar(half);
    const wheel = scroll.moved({ bar, top: half }, bar + 100);
    expect(wheel - half).toBe(100);
    expect(scroll.moved({ bar: 0, top: 0 }, 8_000_000 - 600)).toBe(scroll.end);
    expect(scroll.anchorAt(scroll.end + 600 - 1).seq).toBe(10_000_000);
  });

  it('puts a line in the middle, as far as there is log around it', () => {
    const scroll = scrollOf(1_000);
    const row = 499 * ROW_HEIGHT;
    expect(scroll.topOf(scroll.middle(500))).toBe(row - 300);
    expect(scroll.topOf(scroll.middle(2))).toBe(0);
    expect(scroll.topOf(scroll.middle(1_000))).toBe(scroll.end);
  });
});
