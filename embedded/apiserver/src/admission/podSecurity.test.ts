import {
  startTestApiServer,
  TestApiServer,
} from '../__testUtils__/TestApiServer';

const ENFORCE = 'pod-security.kubernetes.io/enforce';

describe('a namespace with a Pod Security level', () => {
  let server: TestApiServer;

  beforeAll(async () => {
    server = await startTestApiServer();
    for (const [name, labels] of [
      ['guarded', { [ENFORCE]: 'baseline' }],
      ['open', { [ENFORCE]: 'privileged' }],
    ] as const) {
      const body = { metadata: { name, labels } };
      await server.request('POST', '/api/v1/namespaces', { body });
    }
  });

  afterAll(() => server.close());

  const create = async (namespace: string, spec: object, container = {}) => {
    const answer = await server.request(
      'POST',
      `/api/v1/namespaces/${namespace}/pods?dryRun=All`,
      {
        body: {
          metadata: { name: 'p' },
          spec: {
            containers: [{ name: 'a', image: 'i', ...container }],
            ...spec,
          },
        },
      },
    );
    return answer.status === 201 ? 'created' : answer.json().message;
  };
  const refusal = (why: string) =>
    `pods "p" is forbidden: violates PodSecurity "baseline:latest": ${why}`;

  it.each([
    [
      { hostNetwork: true, hostPID: true },
      {},
      'host namespaces (hostNetwork=true, hostPID=true)',
    ],
    [{ hostIPC: true }, {}, 'host namespaces (hostIPC=true)'],
    [
      {
        volumes: [
          { name: 'v', hostPath: { path: '/' } },
          { name: 'w', hostPath: { path: '/etc' } },
        ],
      },
      {},
      'hostPath volumes (volumes "v", "w")',
    ],
    [
      {},
      { ports: [{ containerPort: 80, hostPort: 8080 }] },
      'hostPort (container "a" uses hostPort 8080)',
    ],
    [
      {
        initContainers: [
          { name: 'b', image: 'i', securityContext: { privileged: true } },
        ],
      },
      { securityContext: { privileged: true } },
      'privileged (containers "b", "a" must not set securityContext.privileged=true)',
    ],
    [
      {},
      { securityContext: { capabilities: { add: ['SYS_ADMIN', 'CHOWN'] } } },
      'non-default capabilities (container "a" must not include "SYS_ADMIN" in securityContext.capabilities.add)',
    ],
  ])('forbids a pod with %j %j', async (spec, container, why) => {
    expect(await create('guarded', spec, container)).toBe(refusal(why));
    expect(await create('open', spec, container)).toBe('created');
    expect(await create('default', spec, container)).toBe('created');
  });

  it('takes an ordinary pod', async () => {
    const container = {
      ports: [{ containerPort: 80 }],
      securityContext: { capabilities: { add: ['NET_BIND_SERVICE'] } },
    };
    const volumes = [{ name: 'v', emptyDir: {} }];
    expect(await create('guarded', { volumes }, container)).toBe('created');
  });
});
