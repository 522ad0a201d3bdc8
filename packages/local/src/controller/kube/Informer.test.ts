import { KubeClient } from '@ml-platform/sdk';
import {
  startTestApiServer,
  type TestApiServer,
} from '../../apiserver/testing';
import { quietLogger } from '../testing';
import { until } from '../replay/until';
import { Informer } from './Informer';
import { KubeApi } from './KubeApi';
import type { NewObject, Service } from './objects';
import { resources } from './resources';

function service(name: string, labels: Record<string, string> = {}): NewObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name,
      namespace: 'default',
      labels: { 'ray.io/node-type': 'head', ...labels },
    },
    ...{ spec: { ports: [{ port: 80 }] } },
  };
}

describe('an informer', () => {
  let server: TestApiServer;
  let api: KubeApi;
  let stop: AbortController;
  let informer: Informer<Service>;
  let seen: string[];
  let synced: number;
  let done: Promise<void>;

  beforeEach(async () => {
    server = await startTestApiServer();
    api = new KubeApi({
      client: new KubeClient({ kubeConfig: server.kubeConfig }),
    });
    await api.create(resources.services, service('first'));
    stop = new AbortController();
    seen = [];
    synced = 0;
    informer = new Informer({
      client: api.client,
      resource: resources.services,
      labelSelector: 'ray.io/node-type',
      logger: quietLogger,
      signal: stop.signal,
    });
    informer.subscribe(({ kind, apiVersion, metadata }) =>
      seen.push(`${apiVersion} ${kind} ${metadata.name}`),
    );
    done = informer.run(() => {
      synced += 1;
    });
    await until(() => synced > 0);
  });
  afterEach(async () => {
    stop.abort();
    await done;
    api.client.close();
    await server.close();
  });

  const names = () =>
    informer.list(() => true).map(({ metadata }) => metadata.name);

  it('knows what is there, of what kind it is, and says so once', () => {
    expect(synced).toBe(1);
    expect(seen).toEqual(['v1 Service first']);
    expect(names()).toEqual(['first']);
  });

  it('follows what comes, changes and goes', async () => {
    const made = await api.create<Service>(
      resources.services,
      service('second'),
    );
    await until(() => names().length === 2);
    await api.mergePatch(resources.services, made.metadata, {
      metadata: { labels: { seen: 'yes' } },
    });
    await until(
      () => informer.get('default', 'second')?.metadata.labels?.seen === 'yes',
    );
    await api.remove(resources.services, made);
    await until(() => names().length === 1);
    expect(names()).toEqual(['first']);
    expect(seen.slice(1)).toEqual(Array(3).fill('v1 Service second'));
  });

  it('lets go of what no longer has the label', async () => {
    await api.mergePatch(
      resources.services,
      { namespace: 'default', name: 'first' },
      { metadata: { labels: { 'ray.io/node-type': null } } },
    );
    await until(() => names().length === 0);
    expect(names()).toEqual([]);
  });
});
