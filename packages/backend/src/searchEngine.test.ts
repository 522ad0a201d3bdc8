import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import searchPlugin from '@backstage/plugin-search-backend';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { EmptyUntilIndexed, searchEngineModule } from './searchEngine';

/** A kind of documents whose time to be indexed never comes. */
const collator = createBackendModule({
  pluginId: 'search',
  moduleId: 'never-indexed',
  register(env) {
    env.registerInit({
      deps: { indices: searchIndexRegistryExtensionPoint },
      async init({ indices }) {
        indices.addCollator({
          schedule: { run: async () => {} },
          factory: {
            type: 'software-catalog',
            getCollator: async () => Readable.from([]),
          },
        });
      },
    });
  },
});

describe('the search engine', () => {
  it('answers that it found nothing, before anything is indexed', async () => {
    const backend = await startTestBackend({
      features: [searchPlugin, searchEngineModule, collator],
    });
    const { port } = backend.server.address() as AddressInfo;
    const answers = await Promise.all(
      ['term=x', 'term=x&types[0]=software-catalog'].map(async query => {
        const answer = await fetch(
          `http://127.0.0.1:${port}/api/search/query?${query}`,
          { headers: { authorization: mockCredentials.user.header() } },
        );
        const { results } = await answer.json();
        return [answer.status, results];
      }),
    );
    await backend.stop();
    expect(answers).toEqual([
      [200, []],
      [200, []],
    ]);
  }, 20_000);

  it('finds what is indexed', async () => {
    const engine = new EmptyUntilIndexed({
      logger: mockServices.logger.mock(),
    });
    const indexer = await engine.getIndexer('software-catalog');
    const document = { title: 'Stars', text: 'orbits', location: '/stars' };
    await new Promise<void>((resolve, reject) => {
      indexer.on('error', reject).on('close', resolve).end(document);
    });
    const query = { term: 'stars', types: ['software-catalog'] };
    const { results } = await engine.query(query);
    expect(results.map(({ document: found }) => found)).toEqual([document]);
  });
});
