import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { mockServices } from '@backstage/backend-test-utils';
import { MemorySearchEngine } from './MemorySearchEngine';

/** Shows how many documents are held. */
class CountedEngine extends MemorySearchEngine {
  get held(): number {
    return Object.keys(this.docStore).length;
  }
}

describe('the search engine in memory', () => {
  let engine: CountedEngine;
  beforeEach(() => {
    engine = new CountedEngine({ logger: mockServices.logger.mock() });
  });

  async function index(type: string, ...titles: readonly string[]) {
    const documents = titles.map(title => ({
      title,
      text: '',
      location: `/${type}/${title}`,
    }));
    const indexer = await engine.getIndexer(type);
    await pipeline(Readable.from(documents), indexer);
  }

  async function find(term: string, types = ['job']) {
    const { results } = await engine.query({ term, types });
    return results.map(({ document }) => document.title);
  }

  it('finds nothing in what has no documents yet', async () => {
    expect(await find('stars')).toEqual([]);
  });

  it.each([
    'stars',
    'stellar_optimization',
    'optimization',
    'stellar_optimization-20251201',
    'stars: stellar_optimization!',
  ])('finds a document by %s', async term => {
    const title = 'stars stellar_optimization-20251201-120000';
    await index('job', title);
    expect(await find(term)).toEqual([title]);
  });

  it('finds all where nothing is searched for', async () => {
    await index('job', 'one', 'two');
    expect((await find('')).sort()).toEqual(['one', 'two']);
  });

  it('forgets what is no longer indexed, of the same type only', async () => {
    await index('entity', 'cluster');
    await index('job', 'one', 'two');
    await index('job', 'two', 'three');
    expect(engine.held).toBe(3);
    expect(await find('one')).toEqual([]);
    expect(await find('two')).toEqual(['two']);
    expect(await find('cluster', ['entity'])).toEqual(['cluster']);
  });

  it('keeps what it has when no documents come, or the reading fails', async () => {
    await index('job', 'one');
    await index('job');
    const failing = Readable.from(
      (async function* fail() {
        yield { title: 'two', text: '', location: '/job/two' };
        throw new Error('The source is away');
      })(),
    );
    await expect(
      pipeline(failing, await engine.getIndexer('job')),
    ).rejects.toThrow('The source is away');
    expect(await find('one')).toEqual(['one']);
    expect(engine.held).toBe(1);
  });
});
