import { TestNode } from './testing';

jest.setTimeout(60_000);

describe('startKubelet', () => {
  let node: TestNode;

  beforeAll(async () => {
    node = await TestNode.start();
  });

  afterAll(async () => {
    await node.close();
  });

  it('runs a pod to its end, with status, events and log', async () => {
    await node.run('hello', { command: ['sh', '-c', 'echo hello; exit 0'] });
    const pod = await node.until('hello', p => p.status?.phase === 'Succeeded');
    expect(pod.spec.nodeName).toBe('embedded');
    expect(await node.log('hello')).toBe('hello\n');
    expect(await node.events('hello')).toEqual([
      'Normal Scheduled Successfully assigned default/hello to embedded',
      'Normal Pulled Container image "system:1" already present on machine',
      'Normal Created Created container: main',
      'Normal Started Started container main',
    ]);
  });
});
