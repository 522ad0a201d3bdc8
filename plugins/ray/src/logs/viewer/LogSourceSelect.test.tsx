import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { LogSourceSelect } from './LogSourceSelect';

describe('LogSourceSelect', () => {
  const onSource = jest.fn();

  function show(numbers: readonly number[]) {
    const workers = numbers.map(number => ({
      id: `pod/w-${number}/ray`,
      title: `Worker ${number}`,
      kind: 'container' as const,
      ...(number === 10 && { restartCount: 2 }),
    }));
    render(
      <LogSourceSelect
        sources={[
          { id: 'driver', title: 'Driver', kind: 'driver' },
          ...workers,
          { id: 'all', title: 'All containers', kind: 'merged' },
        ]}
        source="driver"
        previous={false}
        onSource={onSource}
      />,
    );
  }

  beforeEach(() => show([10, 9, 1]));

  const field = () => screen.getByRole('textbox', { name: 'Source' });
  const titles = () =>
    screen.getAllByRole('option').map(({ textContent }) => textContent);

  it('lists the driver first, and containers by their numbers', async () => {
    await userEvent.click(field());
    expect(titles()).toEqual([
      'Driver',
      'All containers',
      'Worker 1',
      'Worker 9',
      'Worker 10',
      'Worker 10 (before its last restart)',
    ]);
  });

  it('draws the first of thousands, and says how many more there are', async () => {
    cleanup();
    show(Array.from({ length: 3_000 }, (_, i) => i + 1));
    await userEvent.click(field());
    expect(titles()).toHaveLength(101);
    expect(titles().at(-1)).toBe('2,903 more: type to find them.');
    await userEvent.clear(field());
    await userEvent.type(field(), '2999');
    expect(titles()).toEqual(['Worker 2999']);
  });

  it('finds a log by a part of its name', async () => {
    await userEvent.clear(field());
    await userEvent.type(field(), 'r 10');
    expect(titles()).toEqual([
      'Worker 10',
      'Worker 10 (before its last restart)',
    ]);
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(onSource).toHaveBeenCalledWith('pod/w-10/ray', true);
  });
});
