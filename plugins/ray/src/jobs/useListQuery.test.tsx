import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router-dom';
import { StoredTimeZones, timeZonesApiRef } from '../times/TimeZones';
import { useListQuery } from './useListQuery';

describe('useListQuery', () => {
  beforeEach(() =>
    jest.useFakeTimers({ now: Date.parse('2026-11-23T21:00:00Z') }),
  );
  afterEach(() => jest.useRealTimers());

  function show(search: string) {
    const zones = new StoredTimeZones({
      storageApi: mockApis.storage(),
      local: 'UTC',
    });
    const wrapper = ({ children }: { readonly children: ReactNode }) => (
      <TestApiProvider apis={[[timeZonesApiRef, zones]]}>
        <MemoryRouter initialEntries={[`/${search}`]}>{children}</MemoryRouter>
      </TestApiProvider>
    );
    return renderHook(() => useListQuery(), { wrapper }).result;
  }

  const wait = (minutes: number) =>
    act(() => {
      jest.advanceTimersByTime(minutes * 60_000);
    });

  it('moves the last hour on while the page is open', () => {
    const query = show('?since=1h');
    expect(query.current.filter.since).toBe('2026-11-23T20:00:00Z');
    wait(4);
    expect(query.current.filter.since).toBe('2026-11-23T20:00:00Z');
    wait(56);
    expect(query.current.filter.since).toBe('2026-11-23T21:00:00Z');
  });

  it('leaves days as they are', () => {
    const query = show('?since=2026-11-01');
    const { filter } = query.current;
    wait(60);
    expect(query.current.filter).toBe(filter);
  });
});
