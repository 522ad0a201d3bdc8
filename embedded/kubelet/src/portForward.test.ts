import { kubeConfigAccess, portForward } from '@ml-platform/kube';
import { eventually } from '@ml-platform/embedded-controller-runtime/testUtils';
import { TestNode } from './__testUtils__/TestNode';
import { PortAllotment } from './network/PortAllotment';

jest.setTimeout(60_000);

describe('forwarding a port', () => {
  let node: TestNode;

  beforeAll(async () => {
    node = await TestNode.start();
  });

  afterAll(() => node.close());

  it('leads to the process that listens on it, and to the next one', async () => {
    const port = await new PortAllotment().take();
    const serve = (name: string) =>
      node.run(name, {
        command: [
          'sh',
          '-c',
          `echo ${name} > "$HOME/name"; exec python3 -m http.server --bind 127.0.0.1 -d "$HOME" ${port}`,
        ],
        ports: [{ containerPort: port }],
        readinessProbe: { httpGet: { path: '/name', port }, periodSeconds: 1 },
      });
    const ready = (name: string) =>
      node.until(name, ({ status }) => status?.containerStatuses?.[0]?.ready);
    const stop = new AbortController();
    const errors: string[] = [];
    let pod = 'first';
    const forward = await portForward({
      access: kubeConfigAccess(node.server.kubeConfig),
      target: async () => ({ namespace: 'default', pod, port }),
      signal: stop.signal,
      onError: message => errors.push(message),
    });
    const ask = async () => {
      const answer = await fetch(`http://127.0.0.1:${forward.port}/name`);
      return (await answer.text()).trim();
    };

    await serve('first');
    await ready('first');
    expect(await ask()).toBe('first');
    await node.client.json({
      method: 'DELETE',
      path: '/api/v1/namespaces/default/pods/first',
    });
    await eventually(async () => !(await node.pod('first')));
    await expect(ask()).rejects.toThrow('fetch failed');
    expect(errors.at(-1)).toContain('pods "first" not found');
    await serve('second');
    await ready('second');
    pod = 'second';
    expect(await ask()).toBe('second');
    stop.abort();
    await forward.done;
  });
});
