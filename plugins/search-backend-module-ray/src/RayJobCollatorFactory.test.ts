import { pipeline } from 'node:stream/promises';
import { mockServices } from '@backstage/backend-test-utils';
import { LunrSearchEngine } from '@backstage/plugin-search-backend-node';
import type { RayJobsService } from '@ml-platform/backstage-plugin-ray-node';
import type { JobSummary } from '@ml-platform/rayjob';
import { RayJobCollatorFactory } from './RayJobCollatorFactory';

function aJob(name: string): JobSummary {
  return {
    cluster: 'c',
    namespace: 'training',
    name,
    uid: `uid-${name}`,
    state: 'running',
    createdAt: '2025-12-01T12:00:00Z',
    attempt: 1,
    resources: { cpu: 0, memory: 0, gpu: 0, accelerators: {} },
    workers: { desired: 0, ready: 0 },
  };
}

describe('the collator', () => {
  let pages: Map<
    string | undefined,
    Awaited<ReturnType<RayJobsService['list']>>
  >;
  let asked: object[];

  const factory = new RayJobCollatorFactory({
    auth: mockServices.auth({ pluginId: 'search' }),
    jobs: {
      async list(filter, { credentials }) {
        asked.push({ ...filter, principal: credentials.principal });
        const page = pages.get(filter.cursor);
        if (!page) {
          throw new Error('The backend is away');
        }
        return page;
      },
    },
  });

  beforeEach(() => {
    asked = [];
    pages = new Map([
      [
        undefined,
        { items: [aJob('one')], total: 2, nextCursor: 'next', clusters: [] },
      ],
      ['next', { items: [aJob('two')], total: 2, clusters: [] }],
    ]);
  });

  it('reads all pages in the name of the search', async () => {
    const documents = await (await factory.getCollator()).toArray();
    expect(documents.map(({ title }) => title)).toEqual(['one', 'two']);
    const principal = { type: 'service', subject: 'plugin:search' };
    expect(asked).toMatchObject([
      { limit: 1_000, cursor: undefined, principal },
      { limit: 1_000, cursor: 'next', principal },
    ]);
  });

  it('is visible to who may see the job', () => {
    expect(factory.type).toBe('ray-job');
    expect(factory.visibilityPermission).toMatchObject({
      name: 'ray.job.read',
      resourceType: 'ray-job',
    });
  });

  it('leaves the index as it was when a page is missing', async () => {
    const engine = new LunrSearchEngine({ logger: mockServices.logger.mock() });
    const collate = async () =>
      pipeline(
        await factory.getCollator(),
        await engine.getIndexer(factory.type),
      );
    const found = async (term: string) => {
      const { results } = await engine.query({ term, types: [factory.type] });
      return results.map(({ document }) => document.title);
    };
    await collate();
    pages.set(undefined, {
      items: [aJob('three')],
      total: 2,
      nextCursor: 'missing',
      clusters: [],
    });
    await expect(collate()).rejects.toThrow('The backend is away');
    expect(await found('two')).toEqual(['two']);
    expect(await found('three')).toEqual([]);
  });
});
