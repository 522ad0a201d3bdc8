import { act, render, screen } from '@testing-library/react';
import { useOfNow } from './useNow';

describe('useOfNow', () => {
  beforeEach(() => jest.useFakeTimers({ now: 0 }));
  afterEach(() => jest.useRealTimers());

  it('draws again only when the text changes', () => {
    const draw = jest.fn();
    const Minutes = () => {
      draw();
      return (
        <>{useOfNow(now => `${Math.floor(now / 60_000)} minutes`, true)}</>
      );
    };
    render(<Minutes />);
    expect(screen.getByText('0 minutes')).toBeInTheDocument();
    draw.mockClear();
    act(() => {
      jest.advanceTimersByTime(59_000);
    });
    expect(draw).not.toHaveBeenCalled();
    act(() => {
      jest.advanceTimersByTime(1_000);
    });
    expect(screen.getByText('1 minutes')).toBeInTheDocument();
    expect(draw).toHaveBeenCalledTimes(1);
  });
});
