import { mockApis } from '@backstage/frontend-test-utils';
import type {
  FetchApi,
  StorageApi,
  StorageValueSnapshot,
} from '@backstage/frontend-plugin-api';
import type { JsonArray, JsonValue } from '@backstage/types';
import { settingReader, type ReadSetting } from './readSetting';
import { MOST_VIEWS, StoredViews } from './SavedViews';

const unasked = async () => {
  throw new Error('The storage knows');
};

const open = (storageApi: StorageApi, readSetting: ReadSetting = unasked) =>
  new StoredViews({ storageApi, readSetting });

async function storageOf(jobViews: JsonArray) {
  const storageApi = mockApis.storage();
  await storageApi.forBucket('ray').set('jobViews', jobViews);
  return storageApi;
}

const view = (name: string) => ({ name, query: `q=${name}` });

describe('the views that a user keeps', () => {
  it('keeps them by name, and takes a new one for an old one of that name', async () => {
    const storageApi = mockApis.storage();
    const views = open(storageApi);
    await views.save(view('b'));
    await views.save(view('a'));
    await views.save({ name: 'b', query: 'state=failed' });
    const again = open(storageApi);
    expect(again.all).toEqual([
      view('a'),
      { name: 'b', query: 'state=failed' },
    ]);
    await again.remove('a');
    await again.remove('a');
    expect(again.all.map(({ name }) => name)).toEqual(['b']);
  });

  it('tells of changes', async () => {
    const views = open(mockApis.storage());
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
    expect(open(storageApi).all).toEqual([view('a')]);
  });

  it('has a limit', async () => {
    const full = Array.from({ length: MOST_VIEWS }, (_, i) => view(`v${i}`));
    const storageApi = await storageOf(full);
    const views = open(storageApi);
    await expect(views.save(view('one more'))).rejects.toThrow(
      'You can keep 50 views',
    );
    await views.save({ name: 'v1', query: 'sort=name' });
    expect(views.all).toHaveLength(MOST_VIEWS);
  });
});

/** The user's settings as Backstage has them: in a backend, and of unknown content at first. */
class BackendSettings {
  stored?: JsonValue;
  /** How often the backend still fails. */
  failures = 0;
  #answer?: (value: StorageValueSnapshot<JsonValue>) => void;

  readonly storageApi = {
    forBucket: () => this.storageApi,
    snapshot: (key: string) => ({ key, presence: 'unknown' }),
    observe$: () => ({
      subscribe: (answer: (value: StorageValueSnapshot<JsonValue>) => void) => {
        this.#answer = answer;
      },
    }),
    set: async (_: string, value: JsonValue) => {
      this.stored = value;
      this.load();
    },
  } as unknown as StorageApi;

  readonly fetchApi: FetchApi = {
    fetch: async input => {
      expect(input).toBe(
        'plugin://user-settings/buckets/default.ray/keys/jobViews',
      );
      if (this.#fails()) {
        throw new TypeError('Failed to fetch');
      }
      return this.stored === undefined
        ? new Response('{}', { status: 404 })
        : Response.json({ value: this.stored });
    },
  };

  /** Has the storage answer, as it does a while after the page opened. */
  load(): void {
    this.#answer?.(
      this.#fails() || this.stored === undefined
        ? { key: 'jobViews', presence: 'absent', value: undefined }
        : { key: 'jobViews', presence: 'present', value: this.stored },
    );
  }

  #fails(): boolean {
    this.failures -= 1;
    return this.failures >= 0;
  }
}

describe("views in Backstage's backend", () => {
  let settings: BackendSettings;
  let views: StoredViews;

  beforeEach(() => {
    settings = new BackendSettings();
    settings.stored = [view('a')];
    views = open(settings.storageApi, settingReader(settings.fetchApi));
  });

  it('keeps the others when one is saved before they arrive', async () => {
    await views.save(view('b'));
    expect(settings.stored).toEqual([view('a'), view('b')]);
    expect(views.all).toEqual([view('a'), view('b')]);
  });

  it('keeps the others when they could not be loaded', async () => {
    settings.failures = 1;
    settings.load();
    expect(views.all).toEqual([]);
    await views.save(view('b'));
    expect(settings.stored).toEqual([view('a'), view('b')]);
  });

  it('still shows what it has when it cannot be loaded again', () => {
    settings.load();
    settings.failures = 1;
    settings.load();
    expect(views.all).toEqual([view('a')]);
  });

  it('writes over nothing that it cannot read', async () => {
    settings.load();
    settings.failures = 2;
    await expect(views.save(view('b'))).rejects.toThrow("can't be reached");
    await expect(views.remove('a')).rejects.toThrow("can't be reached");
    expect(settings.stored).toEqual([view('a')]);
    await views.save(view('b'));
    expect(settings.stored).toEqual([view('a'), view('b')]);
  });

  it('saves the first view', async () => {
    settings.stored = undefined;
    settings.load();
    await views.save(view('b'));
    expect(settings.stored).toEqual([view('b')]);
  });

  it('keeps both of two views that are saved at once', async () => {
    await Promise.all([views.save(view('b')), views.save(view('c'))]);
    expect(settings.stored).toEqual([view('a'), view('b'), view('c')]);
  });
});
