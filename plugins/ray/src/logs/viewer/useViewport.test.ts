import { act, renderHook } from '@testing-library/react';
import { LogFile } from '../file/LogFile';
import { RowIndex } from '../file/RowIndex';
import { ROW_HEIGHT } from './useRowStyles';
import { useViewport } from './useViewport';

const HEIGHT = 600;

/** The index of a log whose every third line wraps after some columns. */
function rowsOf(columns: number) {
  const file = new LogFile();
  file.take({
    source: 'driver/1',
    lasting: true,
    lines: Array.from({ length: 300 }, (_, i) => ({
      number: i + 1,
      text: 'x'.repeat(i % 3 === 0 ? 90 : 5),
    })),
    first: 1,
    last: 300,
    state: 'following',
    missing: [],
  });
  return new RowIndex({ places: file, columns, unfolded: new Set() });
}

function show() {
  const element = document.createElement('div');
  const plain = rowsOf(Infinity);
  const wrapped = rowsOf(20);
  const { result, rerender } = renderHook(
    ({ rows }) =>
      useViewport({
        ref: { current: element },
        rows,
        size: { width: 800, height: HEIGHT },
        following: false,
        onFollow: () => {},
      }),
    { initialProps: { rows: plain } },
  );
  /** Pixels from the top of the view down to a line. */
  const placeOf = (seq: number, rows: RowIndex) =>
    rows.rowOf(seq) * ROW_HEIGHT - element.scrollTop;
  return { element, plain, wrapped, result, rerender, placeOf };
}

describe('useViewport', () => {
  it('keeps a line that it went to in its place when lines wrap, and no longer', () => {
    const { plain, wrapped, result, rerender, placeOf } = show();
    act(() => result.current.scrollTo(150));
    expect(placeOf(150, plain)).toBe(HEIGHT / 2);
    rerender({ rows: wrapped });
    expect(placeOf(150, wrapped)).toBe(HEIGHT / 2);
    rerender({ rows: plain });
    expect(placeOf(150, plain)).toBe(HEIGHT / 2);
  });

  it('keeps the line at the top, where somebody has scrolled to it', () => {
    const { element, wrapped, result, rerender, placeOf } = show();
    element.scrollTop = 101 * ROW_HEIGHT + 3;
    act(() => result.current.onScroll());
    rerender({ rows: wrapped });
    expect(placeOf(102, wrapped)).toBe(-3);
    expect(result.current.top).toBe(element.scrollTop);
  });
});
