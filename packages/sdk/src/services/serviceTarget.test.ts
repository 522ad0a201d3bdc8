import { chooseTarget, servicePort } from './serviceTarget';
import type { KubeService } from './serviceTypes';

const service: KubeService = {
  metadata: { name: 'grafana', namespace: 'monitoring' },
  spec: {
    ports: [
      { name: 'metrics', port: 9090 },
      { name: 'web', port: 80, targetPort: 'http' },
    ],
  },
};

function pod(name: string, createdAt: string, more: object = {}) {
  return {
    metadata: {
      name,
      namespace: 'monitoring',
      creationTimestamp: createdAt,
    },
    spec: {
      containers: [{ ports: [{ name: 'http', containerPort: 3000 }] }],
    },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
    },
    ...more,
  };
}

describe('servicePort', () => {
  it('takes the first that is wanted and there, else the first there is', () => {
    expect(servicePort(service, ['https', 80, 9090]).name).toBe('web');
    expect(servicePort(service, ['https']).name).toBe('metrics');
  });
});

describe('chooseTarget', () => {
  const web = servicePort(service, ['web']);

  it('takes the newest pod that is ready, and the port by its name', () => {
    const pods = [
      pod('old', '2026-11-27'),
      pod('new', '2026-11-28'),
      pod('starting', '2026-11-29', { status: { phase: 'Pending' } }),
    ];
    expect(chooseTarget(service, web, pods)).toEqual({
      namespace: 'monitoring',
      pod: 'new',
      port: 3000,
    });
  });

  it('takes the port of the service where none is named', () => {
    const metrics = servicePort(service, ['metrics']);
    expect(chooseTarget(service, metrics, [pod('a', '2026')]).port).toBe(9090);
  });

  it('says why nothing answers', () => {
    expect(() => chooseTarget(service, web, [])).toThrow(
      'grafana has no pod now',
    );
    expect(() =>
      chooseTarget(service, web, [pod('a', '2026', { status: {} })]),
    ).toThrow("No pod of grafana is ready; see why with 'kubectl");
    expect(() =>
      chooseTarget(service, web, [pod('a', '2026', { spec: {} })]),
    ).toThrow("leads to the port 'http', which the pod a doesn't name");
  });
});
