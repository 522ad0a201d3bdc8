import { act, renderHook } from '@testing-library/react';
import { MemoryRouter } from 'react-router-dom';
import { useLineSelection } from './useLineSelection';

/** Selects lines one after the other, all but the first with Shift. */
function ranges(address: string, ...lines: readonly number[]) {
  const { result } = renderHook(() => useLineSelection(), {
    wrapper: ({ children }) => (
      <MemoryRouter initialEntries={[address]}>{children}</MemoryRouter>
    ),
  });
  return lines.map((line, index) => {
    act(() => result.current.select(line, index > 0 || address !== '/'));
    const { from, to } = result.current.range ?? {};
    return `${from}-${to}`;
  });
}

describe('useLineSelection', () => {
  it.each([
    ['down and back', [10, 12, 11], ['10-10', '10-12', '10-11']],
    ['up and back', [10, 5, 6], ['10-10', '5-10', '6-10']],
    ['up, then below', [10, 5, 12], ['10-10', '5-10', '10-12']],
    ['down, then above', [10, 12, 5], ['10-10', '10-12', '5-10']],
    [
      'back to its beginning',
      [10, 5, 10, 11],
      ['10-10', '5-10', '10-10', '10-11'],
    ],
  ])('keeps where it began on the way %s', (_, lines, expected) => {
    expect(ranges('/', ...lines)).toEqual(expected);
  });

  it('extends a range of the address from its first line', () => {
    expect(ranges('/?line=5-10', 12, 3)).toEqual(['5-12', '3-5']);
  });

  it('clears a line that is chosen again', () => {
    const { result } = renderHook(() => useLineSelection(), {
      wrapper: MemoryRouter,
    });
    act(() => result.current.select(7, false));
    expect(result.current.range).toEqual({ from: 7, to: 7 });
    act(() => result.current.select(7, false));
    expect(result.current.range).toBeUndefined();
  });
});
