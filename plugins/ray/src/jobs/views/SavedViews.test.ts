import { mockApis } from '@backstage/frontend-test-utils';
import type { JsonArray } from '@backstage/types';
import { MOST_VIEWS, StoredViews } from './SavedViews';

async function storageOf(jobViews: JsonArray) {
  const storageApi = mockApis.storage();
  await storageApi.forBucket('ray').set('jobViews', jobViews);
  return storageApi;
}

const view = (name: string) => ({ name, query: `q=${name}` });

describe('the views that a user keeps', () => {
  it('keeps them by name, and takes a new one for an old one of that name', async () => {
    const storageApi = mockApis.storage();
    const views = new StoredViews({ storageApi });
    await views.save(view('b'));
    await views.save(view('a'));
    await views.save({ name: 'b', query: 'state=failed' });
    const again = new StoredViews({ storageApi });
    expect(again.all).toEqual([
      view('a'),
      { name: 'b', query: 'state=failed' },
    ]);
    await again.remove('a');
    await again.remove('a');
    expect(again.all.map(({ name }) => name)).toEqual(['b']);
  });

  it('tells of changes', async () => {
    const views = new StoredViews({ storageApi: mockApis.storage() });
    const told = jest.fn();
    const stop = views.subscribe(told);
    await views.save(view('a'));
    expect(told).toHaveBeenCalled();
    stop();
    told.mockClear();
    await views.save(view('b'));
    expect(told).not.toHaveBeenCalled();
  });

  it('leaves out what is no view', async () => {
    const storageApi = await storageOf([view('a'), { name: 'x' }, 'y', null]);
    expect(new StoredViews({ storageApi }).all).toEqual([view('a')]);
  });

  it('has a limit', async () => {
    const full = Array.from({ length: MOST_VIEWS }, (_, i) => view(`v${i}`));
    const storageApi = await storageOf(full);
    const views = new StoredViews({ storageApi });
    await expect(views.save(view('one more'))).rejects.toThrow(
      'You can keep 50 views',
    );
    await views.save({ name: 'v1', query: 'sort=name' });
    expect(views.all).toHaveLength(MOST_VIEWS);
  });
});
