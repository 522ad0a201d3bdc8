import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  startTestBackend,
} from '@backstage/backend-test-utils';
import searchPlugin from '@backstage/plugin-search-backend';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { searchEngineModule } from './searchEngine';

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
});
