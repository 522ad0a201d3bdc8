import { ListPlaces, type ListPlace } from './ListPlaces';

const place = (key: string, path = '/ray'): ListPlace => ({
  key,
  path,
  search: '?state=failed',
  rows: 300,
  top: -4_000,
});

describe('ListPlaces', () => {
  it('finds a place, and the one that was left last', () => {
    const places = new ListPlaces();
    places.keep(place('a'));
    places.keep(place('b'));
    places.keep(place('c', '/catalog/x'));
    places.keep({ ...place('a'), top: -5_000 });
    expect(places.get('a')?.top).toBe(-5_000);
    expect(places.last('/ray')?.key).toBe('a');
    expect(places.last('/other')).toBeUndefined();
  });

  it('forgets the oldest of many', () => {
    const places = new ListPlaces();
    for (let i = 0; i < 60; i += 1) {
      places.keep(place(`${i}`));
    }
    expect(places.get('9')).toBeUndefined();
    expect(places.get('10')).toEqual(place('10'));
  });
});
