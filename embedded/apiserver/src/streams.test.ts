import { createServer, IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { WebSocket, WebSocketServer } from 'ws';
import { listen } from './__testUtils__/listen';
import {
  startTestApiServer,
  TestApiServer,
} from './__testUtils__/TestApiServer';

const PODS = '/api/v1/namespaces/default/pods';
const SERVICES = '/api/v1/namespaces/default/services';
const MERGE = 'application/merge-patch+json';

describe('streams that pass through', () => {
  let server: TestApiServer;
  let finishLog = () => {};
  let logClosed: Promise<void>;
  const asked: { url?: string; authorization?: string }[] = [];

  const kubelet = createServer((request, response) => {
    asked.push({
      url: request.url,
      authorization: request.headers.authorization,
    });
    logClosed = new Promise(resolve => response.on('close', resolve));
    response.write('first\n');
    finishLog = () => response.end('second\n');
    if (!request.url?.includes('follow')) {
      finishLog();
    }
  });
  const backend = createServer((request, response) => {
    if (request.url === '/moved') {
      response.writeHead(302, { location: '/new' });
    }
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () =>
      response.end(
        JSON.stringify({
          method: request.method,
          url: request.url,
          authorization: request.headers.authorization,
          body: Buffer.concat(chunks).toString(),
        }),
      ),
    );
  });
  const sockets = new WebSocketServer({ server: backend });
  sockets.on('connection', socket =>
    socket.on('message', data => socket.send(`echo ${data}`)),
  );

  beforeAll(async () => {
    server = await startTestApiServer();
    const kubeletPort = await listen(kubelet);
    const port = await listen(backend);
    await server.request('POST', '/api/v1/nodes', {
      body: {
        metadata: { name: 'n' },
        status: {
          addresses: [{ type: 'InternalIP', address: '127.0.0.1' }],
          daemonEndpoints: { kubeletEndpoint: { Port: kubeletPort } },
        },
      },
    });
    await server.request('POST', PODS, {
      body: {
        metadata: {
          name: 'p',
          annotations: {
            'local.ml-platform.dev/ports': JSON.stringify({ 8265: port }),
          },
        },
        spec: {
          nodeName: 'n',
          containers: [
            { name: 'a', image: 'i', ports: [{ containerPort: 8265 }] },
            { name: 'b', image: 'i' },
          ],
        },
      },
    });
    await server.request('PATCH', `${PODS}/p/status`, {
      contentType: MERGE,
      body: {
        status: {
          podIP: '127.0.0.1',
          containerStatuses: [
            { name: 'a', state: { running: {} } },
            { name: 'b', state: { waiting: { reason: 'ContainerCreating' } } },
          ],
        },
      },
    });
    await server.request('POST', SERVICES, {
      body: {
        metadata: { name: 's' },
        spec: { ports: [{ name: 'http', port: 80 }] },
      },
    });
    await server.request('POST', SERVICES, {
      body: { metadata: { name: 'empty' }, spec: { ports: [{ port: 80 }] } },
    });
    await server.request(
      'POST',
      '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices',
      {
        body: {
          metadata: {
            name: 's-1',
            labels: { 'kubernetes.io/service-name': 's' },
          },
          addressType: 'IPv4',
          endpoints: [
            { addresses: ['127.0.0.1'], conditions: { ready: true } },
            { addresses: ['127.0.0.2'], conditions: { ready: false } },
          ],
          ports: [{ name: 'http', port }],
        },
      },
    );
  });

  afterAll(async () => {
    sockets.close();
    kubelet.close();
    backend.close();
    await server.close();
  });

  it('reads a log from the kubelet of the node, with the wishes of the client', async () => {
    const answer = await server.request(
      'GET',
      `${PODS}/p/log?container=a&tailLines=3&timestamps=true&pretty=true`,
    );
    expect(answer.text).toBe('first\nsecond\n');
    expect(answer.headers['content-type']).toBe('text/plain');
    expect(asked.at(-1)).toEqual({
      url: '/containerLogs/default/p/a?timestamps=true&tailLines=3',
      authorization: 'Bearer test-kubelet-token',
    });
  });

  it('follows line by line, and stops the kubelet when the client leaves', async () => {
    const answer = await new Promise<IncomingMessage>(resolve => {
      get(
        new URL(`${PODS}/p/log?container=a&follow=true`, server.url),
        {
          ca: server.ca,
          agent: false,
          headers: { authorization: `Bearer ${server.token}` },
        },
        resolve,
      );
    });
    const first = await new Promise(resolve =>
      answer.once('data', chunk => resolve(String(chunk))),
    );
    expect(first).toBe('first\n');
    answer.on('error', () => {});
    answer.destroy();
    await expect(logClosed).resolves.toBeUndefined();
  });

  it.each([
    [
      'p/log',
      'a container name must be specified for pod p, choose one of: [a b]',
    ],
    ['p/log?container=z', 'container z is not valid for pod p'],
    [
      'p/log?container=b',
      'container "b" in pod "p" is waiting to start: ContainerCreating',
    ],
    [
      'p/log?container=a&previous=true',
      'previous terminated container "a" in pod "p" not found',
    ],
  ])('says of %s: %s', async (path, message) => {
    const answer = await server.request('GET', `${PODS}/${path}`);
    expect(answer.json()).toMatchObject({ code: 400, message });
  });

  it.each(['s:http', 's:80', 'http:s:http'])(
    'passes requests on to the service %s without the credentials',
    async name => {
      const answer = await server.request(
        'POST',
        `${SERVICES}/${name}/proxy/api/jobs/?a=b%2Fc`,
        { body: { x: 1 } },
      );
      expect(answer.json()).toEqual({
        method: 'POST',
        url: '/api/jobs/?a=b%2Fc',
        body: '{"x":1}',
      });
    },
  );

  it('keeps redirects below the proxy', async () => {
    const answer = await server.request(
      'GET',
      `${SERVICES}/s:http/proxy/moved`,
    );
    expect(answer.headers.location).toBe(`${SERVICES}/s:http/proxy/new`);
  });

  it('reaches a pod through the local port that stands for its own', async () => {
    const answer = await server.request('GET', `${PODS}/p:8265/proxy/x`);
    expect(answer.json()).toMatchObject({ url: '/x' });
  });

  it('joins web sockets', async () => {
    const socket = new WebSocket(
      `${server.url.replace('https', 'wss')}${SERVICES}/s:http/proxy/ws`,
      {
        ca: server.ca,
        headers: { authorization: `Bearer ${server.token}` },
      },
    );
    const reply = await new Promise((resolve, reject) => {
      socket.on('open', () => socket.send('hello'));
      socket.on('message', data => resolve(String(data)));
      socket.on('error', reject);
    });
    expect(reply).toBe('echo hello');
    socket.close();
  });

  it('refuses a web socket without credentials', async () => {
    const socket = new WebSocket(
      `${server.url.replace('https', 'wss')}${SERVICES}/s:http/proxy/ws`,
      { ca: server.ca },
    );
    const message = await new Promise(resolve =>
      socket.on('error', error => resolve(error.message)),
    );
    expect(message).toContain('401');
  });

  it.each([
    ['exec', 'its containers are processes of this machine'],
    ['attach', 'kubectl logs -f shows what a container writes'],
  ])('says what does instead of %s', async (stream, sentence) => {
    const socket = new WebSocket(
      `${server.url.replace('https', 'wss')}${PODS}/p/${stream}`,
      {
        ca: server.ca,
        headers: { authorization: `Bearer ${server.token}` },
      },
    );
    const answer = await new Promise<string>((resolve, reject) => {
      socket.on('error', reject);
      socket.on('unexpected-response', (_request, response) => {
        let text = '';
        response.on('data', chunk => {
          text += chunk;
        });
        response.on('end', () => resolve(text));
      });
    });
    expect(JSON.parse(answer)).toMatchObject({
      code: 400,
      message: expect.stringContaining(sentence),
    });
  });

  it.each([
    ['empty:80', 503, 'no endpoints available for service "empty:80"'],
    ['s:81', 503, 'no service port 81 found for service "s"'],
    ['none:80', 404, 'services "none" not found'],
  ])('says what stands behind %s', async (name, code, message) => {
    const answer = await server.request('GET', `${SERVICES}/${name}/proxy/`);
    expect(answer.json()).toMatchObject({ code, message });
  });
});
